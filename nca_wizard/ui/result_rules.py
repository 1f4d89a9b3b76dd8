"""Why each association is or is not the way: what holds, near misses, and every other rule."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.report import wording
from nca_wizard.report.wording import NotStanding, WhyNot
from nca_wizard.rules.model.reasons import Reason
from nca_wizard.ui.result_parts import (
    Facts,
    More,
    Strong,
    View,
    answers,
    bullets,
    cites_of,
    column,
    long_text,
    sources,
    titled,
)
from nca_wizard.ui.widgets import Card, Label, Soft

_FEW_SOURCES = 2


def find_out_which(view: View, associations: Sequence[str], parent: QWidget) -> Card:
    """The associations of which a missing answer decides whether they are a way at all."""
    return _other_associations(view, view.t("Depends on what is missing"), associations, parent)


def not_recommended(view: View, associations: Sequence[str], parent: QWidget) -> Card:
    """Every other association, and why not."""
    return _other_associations(view, view.t("Not recommended here"), associations, parent)


def any_not_standing(view: View, association: str) -> bool:
    """Whether the recommendation holds any rule of which to say why it does not stand."""
    return bool(wording.not_standing(view.t, view.rec, association))


def rules_not_standing(view: View, association: str, card: QWidget) -> More:
    """Behind a link, the rules that do not apply: near misses, and behind another the rest."""
    t = view.t
    told = wording.not_standing(t, view.rec, association)
    name = wording.name(t, view.rec, association)
    near = [one for one in told if one.failed <= 1]
    far = [one for one in told if one.failed > 1]

    def rest(inside: QVBoxLayout, holder: QWidget) -> None:
        add_rules(view, far, inside, holder)

    def fill(inside: QVBoxLayout, holder: QWidget) -> None:
        add_rules(view, near, inside, holder)
        if not far:
            return
        more = More(view, name, rest, holder)
        more.set_texts(
            t.plural(
                "%(count)d more rule fails on two or more answers",
                "%(count)d more rules fail on two or more answers",
                len(far),
            ),
            t("Hide what fails on two or more answers"),
        )
        inside.addLayout(more)

    more = More(view, name, fill, card)
    more.set_texts(
        t.plural(
            "%(count)d rule that does not apply here",
            "%(count)d rules that do not apply here",
            len(told),
        ),
        t("Hide the rules that do not apply"),
    )
    return more


def add_rules(
    view: View, told: Sequence[NotStanding], inside: QVBoxLayout, parent: QWidget
) -> None:
    """Why each of these rules does not stand, and what it says."""
    t = view.t
    for one in told:
        why = t("%(goals)s: %(what)s") % {"goals": one.goals, "what": one.why}
        says = t("It says: %(text)s") % {"text": one.text}
        lines = (Label(why if one.goals else one.why, parent), Soft(says, parent, small=True))
        inside.addLayout(column(*lines, spacing=2))


def _other_associations(
    view: View, title: str, associations: Sequence[str], parent: QWidget
) -> Card:
    t, rec = view.t, view.rec
    card = titled(title, parent)
    # One for all, so that every line begins where the longest name lets it.
    facts = Facts(card)
    facts.setVerticalSpacing(14)
    for association in associations:
        whys = wording.why_not(t, rec, association)
        facts.add_strong(wording.name(t, rec, association), _why_not(view, association, whys, card))
    card.column.addLayout(facts)
    return card


def _why_not(view: View, association: str, whys: Sequence[WhyNot], card: Card) -> QVBoxLayout:
    lines = column(
        *(long_text(view, Label(_short(view, one), card), card) for one in whys), spacing=4
    )
    lines.addLayout(
        More(
            view,
            wording.name(view.t, view.rec, association),
            lambda inside, holder: _explained(view, association, whys, inside, holder),
            card,
        )
    )
    return lines


def _short(view: View, why: WhyNot) -> str:
    t = view.t
    word = f"{why.cell.mark} {why.cell.word}"
    if why.goals:
        word = t("%(word)s for %(goals)s") % {"word": word, "goals": why.goals}
    if not why.short:
        return word
    return t("%(word)s: %(reason)s") % {"word": word, "reason": why.short}


def _explained(
    view: View,
    association: str,
    whys: Sequence[WhyNot],
    inside: QVBoxLayout,
    parent: QWidget,
) -> None:
    t = view.t
    reasons = list(dict.fromkeys(reason for why in whys for reason in why.reasons))
    shown = {why.short for why in whys}
    for depends in (False, True):
        texts = dict.fromkeys(
            t(reason.text.for_us)
            for why in whys
            if why.depends is depends
            for reason in why.reasons
        )
        untold = [text for text in texts if text not in shown]
        if untold and depends:
            inside.addWidget(Strong(t("Depending on what is not known yet"), parent))
        if untold:
            inside.addLayout(bullets(untold, parent))
        shown.update(untold)
    near = wording.near_misses(t, view.rec, association)
    missed = [one.question for one in near]
    asked = [question for reason in reasons for question in reason.questions]
    others = answers(view, [one for one in asked if one not in missed], parent)
    if others:
        inside.addLayout(column(*others, spacing=0))
    if near:
        inside.addWidget(Strong(t("If one answer were different"), parent))
    for one in near:
        answered = column(*answers(view, (one.question,), parent), spacing=0)
        inside.addLayout(column(answered, bullets(one.lines, parent), spacing=0))
    if any_not_standing(view, association):
        inside.addLayout(rules_not_standing(view, association, parent))
    inside.addLayout(_sources(view, association, reasons, parent))


def _sources(
    view: View, association: str, reasons: Sequence[Reason], parent: QWidget
) -> QVBoxLayout:
    """Few sources at once, more of them behind a link."""
    t = view.t
    cites = cites_of(reasons)
    count = len({cited.source for cited in cites})
    if count <= _FEW_SOURCES:
        return column(*sources(view, cites, parent), spacing=0)
    more = More(
        view,
        wording.name(t, view.rec, association),
        lambda inside, holder: inside.addLayout(column(*sources(view, cites, holder), spacing=0)),
        parent,
    )
    more.set_texts(t.plural("%(count)d source", "%(count)d sources", count), t("Hide the sources"))
    return more
