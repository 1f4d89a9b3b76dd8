"""The card of one action, or of what is in place already: why, do, have ready, when, verify."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.report import wording
from nca_wizard.report.plain import action_text
from nca_wizard.rules.model.results import Action, Caution
from nca_wizard.rules.model.rules import Evidence
from nca_wizard.ui.result_next import NextDay, asked_after
from nca_wizard.ui.result_parts import (
    Facts,
    Flush,
    More,
    Pill,
    Strong,
    View,
    answers,
    bullets,
    cites_of,
    column,
    long_text,
    numbered,
    source_inset,
    sources,
)
from nca_wizard.ui.result_rules import any_not_standing, rules_not_standing
from nca_wizard.ui.result_stages import StageBar
from nca_wizard.ui.result_state import CopyButton, EvidenceTicks, StatePicker
from nca_wizard.ui.widgets import Card, Label, Soft, Title

_NUMBER_GAP = 12


class ActionCard(Card):
    """One action. `number` is its place in the plan, 0 for what is in place already.

    `cautions` are those that belong to this action alone.
    """

    def __init__(
        self,
        view: View,
        action: Action,
        number: int,
        cautions: Sequence[Caution],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.action = action
        self._view = view
        self._cautions = cautions
        self._number = number
        self.state: StatePicker | None = None
        self.ticks: EvidenceTicks | None = None
        t = view.t
        title = t(action.title.for_us)
        self.setAccessibleName(
            t("%(number)d. %(title)s") % {"number": number, "title": title} if number else title
        )
        self.column.setSpacing(6)
        self.column.addLayout(self._head(title, number))
        covers = wording.named_pairs(t, view.rec, action.covers)
        covered = t("%(association)s for %(goals)s") % {
            "association": wording.name(t, view.rec, action.association),
            "goals": covers,
        }
        self.column.addLayout(long_text(view, Soft(covered, self, small=True), self))
        self.column.addSpacing(8)
        self.facts = Facts(self)
        self._fill()
        # Right under the state that was just said to be Done; what is in place is read first.
        if number:
            self._ask_for_days()
        self.column.addLayout(self.facts)
        if not number:
            self._ask_for_days()
        if action.rejections:
            self.column.addSpacing(2)
            self.more = More(view, title, self._rejections, self)
            self.more.set_texts(t("Often sent back for"), t("Hide what it is sent back for"))
            self.column.addLayout(self.more)
        if any_not_standing(view, action.association):
            self.column.addLayout(rules_not_standing(view, action.association, self))
        self.copy_button = CopyButton(t, title, lambda: action_text(t, action), self)
        self.column.addLayout(Flush(self.copy_button, Qt.LayoutDirection.LeftToRight))

    def _head(self, title: str, number: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_NUMBER_GAP)
        top = Qt.AlignmentFlag.AlignTop
        if number:
            figure = Title(str(number), self)
            figure.setWordWrap(False)
            row.addWidget(figure, 0, top)
        row.addWidget(Title(title, self), 1, top)
        pill = self._pill(number)
        if pill is not None:
            row.addWidget(pill, 0, top)
        work = self._view.work
        if work is not None and number:
            self.state = StatePicker(work, self.action.guidance, title, self)
            row.addWidget(self.state, 0, top)
        return row

    def _ask_for_days(self) -> None:
        work = self._view.work
        if work is not None:
            for after in asked_after(self.action):
                self.column.addWidget(NextDay(work, self.action, after, self))

    def _pill(self, number: int) -> QWidget | None:
        t = self._view.t
        if not number:
            return Pill(t("Nothing to file"), "ok", self)
        if self.action.certainty == "try":
            return Pill(t("Worth trying"), "warn", self)
        return None

    def _fill(self) -> None:
        t, action, facts = self._view.t, self.action, self.facts
        if action.certainty == "try":
            settles = t(action.settles.for_us) if action.settles else ""
            facts.add_text(t("Worth it if"), wording.condition(t, action.condition))
            facts.add_text(t("Settled by"), settles)
        checks = [t(caution.text.for_us) for caution in self._cautions if caution.check]
        if checks:
            facts.add(t("Check first"), bullets(checks, self))
        facts.add(t("Do"), self._steps())
        facts.add(t("Why"), self._why())
        if action.evidence:
            facts.add(t("Have ready"), self._evidence(action.evidence))
        if action.stages:
            facts.add(t("When"), StageBar(t, action.stages, self))
        facts.add_text(t("Verify"), *(t(text.for_us) for text in action.verify))
        facts.add_text(t("Ends"), t(action.ends.for_us))
        mind = [t(caution.text.for_us) for caution in self._cautions if not caution.check]
        if mind:
            facts.add(t("Mind"), bullets(mind, self))
        facts.add(t("Source"), self._sources(), inset=source_inset())

    def _why(self) -> QVBoxLayout:
        reasons = list(
            dict.fromkeys(self._view.t(reason.text.for_us) for reason in self.action.reasons)
        )
        asked = [question for reason in self.action.reasons for question in reason.questions]
        # What every result rests on, where the reasons name no answer of their own.
        caused = answers(self._view, asked or ("products", "metrics"), self)
        return column(
            column(*(Label(text, self) for text in reasons), spacing=6),
            column(*caused, spacing=0),
        )

    def _steps(self) -> QVBoxLayout:
        t, action = self._view.t, self.action
        steps = [t(step.for_us) for step in action.steps]
        lines = numbered(steps, self) if len(steps) > 1 else column(Label(steps[0], self))
        if not self._number:
            return column(lines)
        who = Soft(t("%(who)s:") % {"who": t(action.who.for_us).rstrip(".:")}, self)
        return column(who, lines, spacing=6)

    def _evidence(self, evidence: Sequence[Evidence]) -> QWidget | QVBoxLayout:
        t, work = self._view.t, self._view.work
        if work is not None and self._number:
            self.ticks = EvidenceTicks(work, self.action.guidance, evidence, self)
            return self.ticks
        return column(
            bullets(
                [
                    t("%(label)s. %(note)s.")
                    % {
                        "label": t(one.label.for_us).rstrip("."),
                        "note": t(one.note.for_us).rstrip("."),
                    }
                    if one.note
                    else t(one.label.for_us)
                    for one in evidence
                ],
                self,
            )
        )

    def _sources(self) -> QVBoxLayout:
        cited = (
            *self.action.cites,
            *cites_of(self.action.reasons),
            *(cite for caution in self._cautions for cite in caution.cites),
            *(cite for stage in self.action.stages for cite in stage.cites),
        )
        first = next(iter(cited)).source
        lines = column(
            *sources(self._view, (one for one in cited if one.source == first), self), spacing=0
        )
        others = [one for one in cited if one.source != first]
        if others:
            title = self._view.t(self.action.title.for_us)
            more = More(
                self._view,
                title,
                lambda inside, parent: inside.addLayout(
                    column(*sources(self._view, others, parent), spacing=0)
                ),
                self,
            )
            count = len({one.source for one in others})
            more.set_texts(
                self._view.t.plural("%(count)d more source", "%(count)d more sources", count),
                self._view.t("Fewer sources"),
            )
            lines.addLayout(more)
        return lines

    def _rejections(self, inside: QVBoxLayout, parent: QWidget) -> None:
        t = self._view.t
        for rejection in self.action.rejections:
            inside.addLayout(
                column(
                    Strong(t(rejection.problem.for_us), parent),
                    Label(t(rejection.remedy.for_us), parent),
                    spacing=2,
                )
            )
