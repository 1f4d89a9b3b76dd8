"""The cards of a result, from the verdict down to the answers it rests on."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.report import wording
from nca_wizard.report.wording import Column
from nca_wizard.rules.model.results import Alternative, Caution
from nca_wizard.ui.overview import Overview, shortened
from nca_wizard.ui.result_action import ActionCard
from nca_wizard.ui.result_answers import find_out_first, what_would_change, your_answers
from nca_wizard.ui.result_parts import (
    Facts,
    More,
    Strong,
    View,
    answers,
    bullets,
    column,
    long_text,
    numbered,
    source_inset,
    sources,
    titled,
)
from nca_wizard.ui.result_rules import find_out_which, not_recommended
from nca_wizard.ui.widgets import Caption, Card, Label, Soft


def cards(view: View, parent: QWidget) -> list[Card]:
    """Every card of this recommendation, in the order it is read."""
    rec = view.rec
    made = [verdict(view, parent)]
    made += [first_thing(view, one, parent) for one in wording.first_things(rec)]
    if rec.open_questions:
        made.append(find_out_first(view, parent))
    made += action_cards(view, parent)
    if _general(view) or rec.reviews_due:
        made.append(before_relying(view, parent))
    if rec.alternatives:
        made.append(alternatives(view, parent))
    if _nothing_works(view):
        made.append(next_steps(view, parent))
    undecided = [one for one in wording.others(rec) if _depends(view, one)]
    if undecided:
        made.append(find_out_which(view, undecided, parent))
    out = [one for one in wording.others(rec) if one not in undecided]
    if out:
        made.append(not_recommended(view, out, parent))
    if wording.would_change(view.t, rec):
        # Where nothing works, what would make it work is the answer and comes before the why-nots.
        first = _nothing_works(view)
        made.insert(1 if first else len(made), what_would_change(view, parent))
    if rec.said:
        made.append(your_answers(view, parent))
    return made


def _nothing_works(view: View) -> bool:
    rec = view.rec
    return not (rec.plan or rec.in_place or rec.open_questions or rec.preparations)


def verdict(view: View, parent: QWidget) -> Card:
    """The answer in one line, and the overview that says the same at a glance."""
    t, rec = view.t, view.rec
    card = titled(wording.headline(t, rec), parent)
    subline = wording.subline(t, rec)
    if subline:
        card.column.addLayout(long_text(view, Soft(subline, card), card))
    if rec.goals:
        card.column.addSpacing(6)
        card.column.addWidget(Overview(t, rec, card))
        across = [one for one in wording.columns(t, rec) if shortened(one)]
        if across:
            more = More(
                view,
                t("Overview"),
                lambda inside, holder: _all_products(across, inside, holder),
                card,
            )
            more.set_texts(t("All products"), t("Hide the products"))
            card.column.addLayout(more)
    card.column.addSpacing(4)
    card.column.addWidget(Caption(f"{t(wording.DISCLAIMER)} {t(wording.TRADEMARKS)}", card))
    return card


def _all_products(across: Sequence[Column], inside: QVBoxLayout, holder: QWidget) -> None:
    for one in across:
        inside.addLayout(column(Strong(one.heading, holder), Label(one.detail, holder), spacing=2))


def first_thing(view: View, first: wording.FirstThing, parent: QWidget) -> Card:
    """What must be so before anything counts or can be filed."""
    t = view.t
    title = t(first.title.for_us)
    card = titled(t("First: %(what)s") % {"what": title}, parent)
    facts = Facts(card)
    facts.add_text(t("Concerns"), wording.named_pairs(t, view.rec, first.goals))
    facts.add(t("Do"), numbered([t(step.for_us) for step in first.steps], card))
    asked = tuple(dict.fromkeys(one for reason in first.reasons for one in reason.questions))
    facts.add(
        t("Why"),
        column(
            *(Label(t(reason.text.for_us), card) for reason in first.reasons),
            column(*answers(view, asked, card), spacing=0),
        ),
    )
    facts.add_text(t("Holds up"), wording.holds_up(t, view.rec, first))
    cites = tuple(dict.fromkeys(one for reason in first.reasons for one in reason.cites))
    cited = column(*sources(view, cites, card), spacing=0)
    facts.add(t("Source"), cited, inset=source_inset())
    card.column.addLayout(facts)
    return card


def action_cards(view: View, parent: QWidget) -> list[Card]:
    """The plan in the order to do it, then what is in place already."""
    own = _own_cautions(view)
    made: list[Card] = [
        ActionCard(view, action, number, own[action.guidance, action.association], parent)
        for number, action in enumerate(view.rec.plan, start=1)
    ]
    made += [
        ActionCard(view, action, 0, own[action.guidance, action.association], parent)
        for action in view.rec.in_place
    ]
    return made


def _own_cautions(view: View) -> dict[tuple[str, str], list[Caution]]:
    """The cautions that belong to one action and no other, by action."""
    everything = (*view.rec.plan, *view.rec.in_place)
    claimed = Counter(caution for action in everything for caution in action.cautions)
    return {
        (action.guidance, action.association): [
            caution
            for caution in view.rec.cautions
            if caution.id in action.cautions and claimed[caution.id] == 1
        ]
        for action in everything
    }


def _general(view: View) -> list[Caution]:
    """The cautions that belong to no single action, the checks first."""
    shown = {caution.id for some in _own_cautions(view).values() for caution in some}
    rest = [caution for caution in view.rec.cautions if caution.id not in shown]
    return sorted(rest, key=lambda caution: not caution.check)


def before_relying(view: View, parent: QWidget) -> Card:
    """What to check and to keep in mind."""
    t = view.t
    card = titled(t("Before you rely on this"), parent)
    general = _general(view)
    facts = Facts(card)
    checks = [t(caution.text.for_us) for caution in general if caution.check]
    mind = [t(caution.text.for_us) for caution in general if not caution.check]
    if checks:
        facts.add(t("Check first"), bullets(checks, card, spacing=6))
    if mind:
        facts.add(t("Mind"), bullets(mind, card, spacing=6))
    facts.add_text(t("Review"), *(wording.review_due(t, one) for one in view.rec.reviews_due))
    card.column.addLayout(facts)
    cited = tuple(dict.fromkeys(cite for caution in general for cite in caution.cites))
    if cited:
        more = More(
            view,
            t("Before you rely on this"),
            lambda inside, holder: inside.addLayout(
                column(*sources(view, cited, holder), spacing=0)
            ),
            card,
        )
        more.set_texts(t("Sources"), t("Hide the sources"))
        card.column.addLayout(more)
    return card


def alternatives(view: View, parent: QWidget) -> Card:
    """Other ways to the same goals."""
    t = view.t
    card = titled(t("Other ways"), parent)
    card.column.setSpacing(12)
    for other in view.rec.alternatives:
        card.column.addLayout(_alternative(view, other, card))
    return card


def _alternative(view: View, other: Alternative, card: Card) -> QVBoxLayout:
    t = view.t
    steps = [t(title.for_us).rstrip(".") for title in other.titles]
    who = t("Who acts: %(who)s") % {"who": "; ".join(t(one.for_us) for one in other.who)}
    lines: list[QWidget] = [Label(wording.alternative(t, view.rec, other), card)]
    lines += [Soft("; ".join(steps), card, small=True), Soft(who, card, small=True)]
    return column(*lines, spacing=2)


def _depends(view: View, association: str) -> bool:
    findings = [
        finding
        for goal in view.rec.goals
        for finding in goal.findings
        if finding.association == association
    ]
    # Whether it is to be had does not matter where it does not count.
    return any(
        finding.counts != "no" and "depends" in (finding.counts, finding.access)
        for finding in findings
    )


def next_steps(view: View, parent: QWidget) -> Card:
    """What is left to do where no association is to be had."""
    t = view.t
    card = titled(t("Next steps"), parent)
    steps = (
        t("Go through the answers below: one that is different may open a way."),
        t("Evaluate again when the licences are renewed or bought in another way."),
        t("If the customer should count all the same, open a support ticket in Partner Center."),
    )
    card.column.addLayout(bullets(steps, card, spacing=6))
    return card
