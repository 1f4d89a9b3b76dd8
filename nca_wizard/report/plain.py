"""A recommendation as text a person reads in a terminal or pastes into a message."""

from collections.abc import Sequence

from nca_wizard.report import wording
from nca_wizard.report.points import NOT_MONEY, points_lines
from nca_wizard.report.text_lines import Lines
from nca_wizard.rules.model.reasons import Cited
from nca_wizard.rules.model.results import Action, Recommendation
from nca_wizard.texts import Texts

_INDENT = "   "


def plain_text(t: Texts, rec: Recommendation, *, customer: str = "") -> str:
    """The whole result for us, no line longer than `WIDTH` unless a single word is."""
    lines = Lines()
    _head(t, rec, customer, lines)
    _overview(t, rec, lines)
    _checks(t, rec, lines)
    _find_out(t, rec, lines)
    _make_ready(t, rec, lines)
    for heading, actions in _groups(t, rec):
        lines.heading(heading)
        for number, action in enumerate(actions, start=1):
            _action(t, action, number, lines)
    _others(t, rec, lines)
    _changes(t, rec, lines)
    _decided(t, rec, lines)
    _points(t, rec, lines)
    _sources(t, rec, lines)
    lines.blank()
    lines.paragraph(f"{wording.rules_line(t, rec)}. {t(wording.DISCLAIMER)}")
    return lines.text()


def action_text(t: Texts, action: Action) -> str:
    """One action for pasting into a message or a task."""
    lines = Lines()
    _action(t, action, 0, lines)
    return lines.text().lstrip("\n")


def _head(t: Texts, rec: Recommendation, customer: str, lines: Lines) -> None:
    day = t.date(rec.rulebook.as_of)
    lines.paragraph(f"{customer}, {day}" if customer else day)
    for answered in rec.said:
        lines.item(f"{t(answered.title)}: {wording.answer(t, answered)}")
    lines.blank()
    lines.paragraph(wording.headline(t, rec))
    subline = wording.subline(t, rec)
    if subline:
        lines.paragraph(subline)


def _overview(t: Texts, rec: Recommendation, lines: Lines) -> None:
    rows = wording.association_rows(t, rec)
    for place, column in enumerate(wording.columns(t, rec)):
        lines.heading(f"{column.heading}: {column.detail}" if column.detail else column.heading)
        width = max(len(row.name) for row in rows)
        lines.as_is(
            f"{row.name:{width}}  {row.cells[place].mark} {row.cells[place].word}" for row in rows
        )


def _checks(t: Texts, rec: Recommendation, lines: Lines) -> None:
    for heading, check in ((t("Check first"), True), (t("Keep in mind"), False)):
        texts = [t(one.text.for_us) for one in rec.cautions if one.check is check]
        if texts:
            lines.heading(heading)
        for text in texts:
            lines.item(text, mark="[ ]" if check else "-")


def _find_out(t: Texts, rec: Recommendation, lines: Lines) -> None:
    if rec.open_questions:
        lines.heading(t("Find out first"))
    for one in wording.possible(t, rec):
        lines.item(t("Possible: %(what)s.") % {"what": one})
    for question in rec.open_questions:
        lines.item(wording.asked_about(t, rec, question, "us"), mark="?")
        if question.settles_most and len(rec.open_questions) > 1:
            lines.paragraph(t("This settles most."), first="  ", rest="  ")
        for hint in question.how_to_find_out:
            lines.paragraph(t(hint), first="  ", rest="  ")
        for branch in wording.branches(t, rec, question):
            lines.item(f"{branch.choices}: {branch.result}.", indent="  ")


def _make_ready(t: Texts, rec: Recommendation, lines: Lines) -> None:
    if rec.preparations:
        lines.heading(t("Make ready"))
    for one in wording.first_things(rec):
        lines.item(t(one.title.for_us))
        for reason in one.reasons:
            lines.paragraph(t(reason.text.for_us), first="  ", rest="  ")
        _numbered([t(step.for_us) for step in one.steps], lines, indent="  ")
        held = wording.holds_up(t, rec, one)
        if held:
            lines.paragraph(held, first="  ", rest="  ")


def _groups(t: Texts, rec: Recommendation) -> list[tuple[str, tuple[Action, ...]]]:
    sure = tuple(one for one in rec.plan if one.certainty == "sure")
    tries = tuple(one for one in rec.plan if one.certainty == "try")
    named = (
        (t("What to do"), sure),
        (t("Worth trying"), tries),
        (t("In place already"), rec.in_place),
    )
    return [(heading, actions) for heading, actions in named if actions]


def _action(t: Texts, action: Action, number: int, lines: Lines) -> None:
    lines.blank()
    mark = f"{number}." if number else "*"
    lines.item(t(action.title.for_us), mark=mark)
    condition = wording.condition(t, action.condition)
    if condition:
        lines.paragraph(condition, first=_INDENT, rest=_INDENT)
    for reason in action.reasons:
        _labelled(t("Why"), t(reason.text.for_us), lines)
    _labelled(t("Who"), t(action.who.for_us), lines)
    _numbered([t(step.for_us) for step in action.steps], lines, indent=_INDENT)
    if action.evidence:
        lines.paragraph(t("Have ready:"), first=_INDENT)
    for one in action.evidence:
        label = t(one.label.for_us)
        note = f" ({t(one.note.for_us).rstrip('.')})" if one.note else ""
        lines.item(f"{label}{note}", mark="[ ]", indent=_INDENT)
    if action.stages:
        lines.paragraph(t("When:"), first=_INDENT)
    for stage in action.stages:
        days = wording.stage_days(t, stage)
        title = t(stage.title.for_us)
        lines.item(f"{title}: {days}" if days else title, indent=_INDENT)
    for one_way in action.verify:
        _labelled(t("Verify"), t(one_way.for_us), lines)
    if action.settles:
        _labelled(t("What settles it"), t(action.settles.for_us), lines)
    _labelled(t("Ends"), t(action.ends.for_us), lines)
    for rejection in action.rejections:
        problem = t(rejection.problem.for_us).rstrip(".")
        _labelled(t("Often sent back"), f"{problem}: {t(rejection.remedy.for_us)}", lines)


def _labelled(label: str, words: str, lines: Lines) -> None:
    lines.paragraph(f"{label}: {words}", first=_INDENT, rest=_INDENT)


def _numbered(texts: Sequence[str], lines: Lines, *, indent: str) -> None:
    for number, text in enumerate(texts, start=1):
        lines.item(text, mark=f"{number}.", indent=indent)


def _others(t: Texts, rec: Recommendation, lines: Lines) -> None:
    if rec.alternatives:
        lines.heading(t("Instead"))
    for alternative in rec.alternatives:
        lines.item(wording.alternative(t, rec, alternative))
    associations = wording.others(rec)
    if associations:
        lines.heading(t("Not in the plan"))
    for association in associations:
        for one in wording.why_not(t, rec, association):
            goals = f" ({one.goals})" if one.goals else ""
            texts = dict.fromkeys(t(reason.text.for_us) for reason in one.reasons)
            reasons = one.short if one.depends else " ".join(texts)
            name = wording.name(t, rec, association)
            lines.item(f"{name}{goals}: {one.cell.word}. {reasons}")
        for near in wording.near_misses(t, rec, association):
            for line in near.lines:
                lines.paragraph(line, first="  ", rest="  ")


def _changes(t: Texts, rec: Recommendation, lines: Lines) -> None:
    changes = wording.would_change(t, rec)
    if changes:
        lines.heading(t("What would change this"))
    for who, some in wording.by_who(changes).items():
        for change in some:
            lines.item(t("%(who)s: %(what)s") % {"who": who, "what": change.text})


def _decided(t: Texts, rec: Recommendation, lines: Lines) -> None:
    decided, otherwise = wording.decided(t, rec), wording.listed_otherwise(t, rec)
    if decided or otherwise:
        lines.heading(t("What decided this"))
    for one in decided:
        lines.item(f"{one.what}. {one.by}")
    for other in otherwise:
        says = t("It says: %(text)s") % {"text": other.text}
        lines.item(f"{other.goals}: {other.why} {says}" if other.goals else f"{other.why} {says}")


def _points(t: Texts, rec: Recommendation, lines: Lines) -> None:
    found = points_lines(t, rec)
    if not found:
        return
    lines.heading(t("Points"))
    for one in found:
        lines.item(f"{one.lead}: {one.text}")
    lines.paragraph(t(NOT_MONEY))


def _sources(t: Texts, rec: Recommendation, lines: Lines) -> None:
    cited = wording.sources(rec)
    if cited:
        lines.heading(t("Sources"))
    for one in cited:
        lines.item(_with_address(t, one))
    for one in rec.reviews_due:
        lines.item(wording.review_due(t, one), mark="!")


def _with_address(t: Texts, cited: Cited) -> str:
    line = wording.source_line(t, cited)
    return f"{line} {cited.url}" if cited.url else line
