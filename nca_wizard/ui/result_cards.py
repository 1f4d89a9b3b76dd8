"""The cards of a result, from the verdict down to the answers it rests on."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.report import wording
from nca_wizard.report.wording import Column, WhyNot
from nca_wizard.rules.model import Alternative, Caution, OpenQuestion, Preparation
from nca_wizard.ui.overview import Overview, shortened
from nca_wizard.ui.result_action import ActionCard
from nca_wizard.ui.result_parts import (
    Facts,
    More,
    Strong,
    View,
    answers,
    bullets,
    change_button,
    cites_of,
    column,
    inset_beside,
    long_bullets,
    long_text,
    numbered,
    source_inset,
    sources,
    titled,
    with_link,
)
from nca_wizard.ui.widgets import Caption, Card, Label, SecondaryButton, Soft


def cards(view: View, parent: QWidget) -> list[Card]:
    """Every card of this recommendation, in the order it is read."""
    rec = view.rec
    made = [verdict(view, parent)]
    made += [preparation(view, one, parent) for one in rec.preparations]
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
    if rec.would_change:
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


def preparation(view: View, first: Preparation, parent: QWidget) -> Card:
    """What must be so before anything counts or can be filed."""
    t = view.t
    title = t(first.title.for_us)
    card = titled(t("First: %(what)s") % {"what": title}, parent)
    facts = Facts(card)
    facts.add_text(t("Concerns"), wording.named_pairs(t, view.rec, first.goals))
    facts.add(t("Do"), numbered([t(step.for_us) for step in first.steps], card))
    facts.add(
        t("Why"),
        column(
            Label(t(first.reason.text.for_us), card),
            column(*answers(view, first.reason.questions, card), spacing=0),
        ),
    )
    facts.add_text(t("Holds up"), wording.holds_up(t, view.rec, first))
    cited = column(*sources(view, first.reason.cites, card), spacing=0)
    facts.add(t("Source"), cited, inset=source_inset())
    card.column.addLayout(facts)
    return card


def find_out_first(view: View, parent: QWidget) -> Card:
    """The answers that are missing, with the words to ask and what they decide."""
    t = view.t
    card = titled(t("Find out first"), parent)
    card.column.setSpacing(16)
    for question in view.rec.open_questions:
        card.column.addLayout(_open_question(view, question, card))
    return card


def _open_question(view: View, question: OpenQuestion, card: Card) -> QVBoxLayout:
    t = view.t
    ask = wording.asked_about(t, view.rec, question, "us")
    button = SecondaryButton(
        t("Answer now"),
        lambda: view.change(question.question),
        name=t("Answer now: %(question)s") % {"question": ask},
        parent=card,
    )
    head = with_link(Strong(ask, card), button)
    facts = Facts(card)
    if question.how_to_find_out:
        facts.add_text(t("How"), *(t(way) for way in question.how_to_find_out))
    branches = wording.branches(t, view.rec, question)
    if branches:
        decides = [
            t("%(choices)s: %(result)s") % {"choices": one.choices, "result": one.result}
            for one in branches
        ]
        facts.add(t("Decides"), long_bullets(view, decides, card))
    return column(head, facts, spacing=8)


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


def find_out_which(view: View, associations: Sequence[str], parent: QWidget) -> Card:
    """The associations of which a missing answer decides whether they are a way at all."""
    return _other_associations(view, view.t("Depends on what is missing"), associations, parent)


def not_recommended(view: View, associations: Sequence[str], parent: QWidget) -> Card:
    """Every other association, and why not."""
    return _other_associations(view, view.t("Not recommended here"), associations, parent)


def _other_associations(
    view: View, title: str, associations: Sequence[str], parent: QWidget
) -> Card:
    t, rec = view.t, view.rec
    card = titled(title, parent)
    card.column.setSpacing(14)
    for association in associations:
        name = wording.name(t, rec, association)
        whys = wording.why_not(t, rec, association)
        card.column.addLayout(_why_not(view, name, whys, card))
    return card


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


def _why_not(view: View, name: str, whys: Sequence[WhyNot], card: Card) -> QVBoxLayout:
    facts = Facts(card)
    lines = column(
        *(long_text(view, Label(_short(view, one), card), card) for one in whys), spacing=4
    )
    lines.addLayout(
        More(view, name, lambda inside, holder: _all_reasons(view, whys, inside, holder), card)
    )
    facts.add_strong(name, lines)
    return column(facts)


def _short(view: View, why: WhyNot) -> str:
    t = view.t
    word = f"{why.cell.mark} {why.cell.word}"
    if why.goals:
        word = t("%(word)s (%(goals)s)") % {"word": word, "goals": why.goals}
    if not why.reasons:
        return word
    deciding = why.reasons[-1]
    return t("%(word)s: %(reason)s") % {"word": word, "reason": t(deciding.text.for_us)}


def _all_reasons(view: View, whys: Sequence[WhyNot], inside: QVBoxLayout, parent: QWidget) -> None:
    t = view.t
    reasons = list(dict.fromkeys(reason for why in whys for reason in why.reasons))
    texts = list(dict.fromkeys(t(reason.text.for_us) for reason in reasons))
    inside.addLayout(bullets(texts, parent))
    asked = [question for reason in reasons for question in reason.questions]
    inside.addLayout(column(*answers(view, asked, parent)))
    inside.addLayout(column(*sources(view, cites_of(reasons), parent), spacing=0))


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


def what_would_change(view: View, parent: QWidget) -> Card:
    """One answer changed, and what the result would be; what the seller can do stands first."""
    t = view.t
    card = titled(t("What would change this"), parent)
    facts = Facts(card)
    in_hand = [one for one in view.rec.would_change if one.seller_can_change]
    other = [one for one in view.rec.would_change if not one.seller_can_change]
    if in_hand:
        texts = [wording.change(t, view.rec, one) for one in in_hand]
        facts.add(t("In your hands"), long_bullets(view, texts, card))
    texts = [wording.change(t, view.rec, one) for one in other]
    if other and in_hand:
        facts.add(t("Otherwise"), long_bullets(view, texts, card))
    card.column.addLayout(facts)
    if other and not in_hand:
        card.column.addLayout(long_bullets(view, texts, card))
    return card


def your_answers(view: View, parent: QWidget) -> Card:
    """What was answered, each with its Change."""
    t = view.t
    card = titled(t("Your answers"), parent)
    facts = Facts(card)
    facts.setVerticalSpacing(0)
    for answered in view.rec.said:
        label = Label(wording.answer(t, answered), card)
        change = change_button(view, answered, card)
        inset = inset_beside(label, change)
        facts.add(t(answered.title), with_link(label, change), inset)
    card.column.addLayout(facts)
    return card
