"""What is not known, what another answer would change, and the answers that decided."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nca_wizard.report import wording
from nca_wizard.report.wording import Branch, WouldChange
from nca_wizard.rules.model.results import OpenQuestion
from nca_wizard.ui.result_parts import (
    Facts,
    More,
    Pill,
    Strong,
    View,
    change_button,
    column,
    inset_beside,
    long_bullets,
    long_text,
    titled,
    with_link,
)
from nca_wizard.ui.result_rules import add_rules
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Label, SecondaryButton, Soft, Title

_CHANGES_AT_ONCE = 3
_REPLY_AND_RESULT = (5, 4)


def find_out_first(view: View, parent: QWidget) -> Card:
    """The answers that are missing, with the words to ask and what each reply leads to."""
    t = view.t
    card = titled(t("Find out first"), parent)
    card.column.setSpacing(16)
    possible = wording.possible(t, view.rec)
    if possible:
        facts = Facts(card)
        lines = (long_text(view, Label(one, card), card) for one in possible)
        facts.add(t("Possible"), column(*lines))
        card.column.addLayout(facts)
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
    lines = column(spacing=8)
    if question.settles_most and len(view.rec.open_questions) > 1:
        lines.addWidget(Pill(t("Settles most"), "accent", card))
    lines.addLayout(head)
    facts = Facts(card)
    if question.how_to_find_out:
        facts.add_text(t("How"), *(t(way) for way in question.how_to_find_out))
    branches = wording.branches(t, view.rec, question)
    if branches:
        facts.add(t("Decides"), _replies(view, branches, card))
    lines.addLayout(facts)
    return lines


def _replies(view: View, branches: Sequence[Branch], card: Card) -> QGridLayout:
    """Replies to the left, each on a line of its own, what they lead to beside them."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * STEP)
    grid.setVerticalSpacing(STEP)
    for column_number, share in enumerate(_REPLY_AND_RESULT):
        grid.setColumnStretch(column_number, share)
    for row, one in enumerate(branches):
        replies = column(*(Soft(said, card) for said in one.said), spacing=2)
        result = column(long_text(view, Label(one.result, card), card))
        for column_number, layout in enumerate((replies, result)):
            # A grid asks no layout with an alignment for its height at the width it gets.
            layout.addStretch(1)
            grid.addLayout(layout, row, column_number)
    return grid


def what_would_change(view: View, parent: QWidget) -> Card:
    """The easiest changes by who can bring them about, and what each leads to; then the rest."""
    t, rec = view.t, view.rec
    title = t("What would change this")
    card = titled(title, parent)
    changes = wording.would_change(t, rec)
    card.column.addLayout(_by_who(view, changes[:_CHANGES_AT_ONCE], card))
    rest = changes[_CHANGES_AT_ONCE:]
    beyond = wording.ways_not_listed(rec)
    if not rest and not beyond:
        return card
    not_listed = t.plural(
        "%(count)d more change is known; it is no easier than these.",
        "%(count)d more changes are known; none is easier than these.",
        beyond,
    )
    if not rest:
        card.column.addWidget(Soft(not_listed, card, small=True))
        return card

    def fill(inside: QVBoxLayout, holder: QWidget) -> None:
        inside.addLayout(_by_who(view, rest, holder))
        if beyond:
            inside.addWidget(Soft(not_listed, holder, small=True))

    more = More(view, title, fill, card)
    count = sum(one.stands_for for one in rest) + beyond
    more.set_texts(
        t.plural("%(count)d more change", "%(count)d more changes", count), t("Fewer changes")
    )
    card.column.addLayout(more)
    return card


def _by_who(view: View, changes: Sequence[WouldChange], card: QWidget) -> Facts:
    facts = Facts(card)
    for who, some in wording.by_who(changes).items():
        facts.add(who, long_bullets(view, [one.text for one in some], card))
    return facts


def your_answers(view: View, parent: QWidget) -> Card:
    """What decided, and under it everything that was answered, each with its Change."""
    t = view.t
    decided = wording.decided(t, view.rec)
    title = t("Your answers")
    otherwise = wording.listed_otherwise(t, view.rec)
    card = titled(t("What decided this") if decided or otherwise else title, parent)
    for one in decided:
        what = long_text(view, Strong(one.what, card), card)
        card.column.addLayout(column(what, Label(one.by, card), spacing=2))
    if otherwise:
        more = More(
            view, title, lambda inside, holder: add_rules(view, otherwise, inside, holder), card
        )
        more.set_texts(
            t("What the lists of other days say"), t("Hide what the lists of other days say")
        )
        card.column.addLayout(more)
    if decided or otherwise:
        card.column.addSpacing(12)
        card.column.addWidget(Title(title, card))
    facts = Facts(card)
    facts.setVerticalSpacing(0)
    for answered in view.rec.said:
        label = Label(wording.answer(t, answered), card)
        change = change_button(view, answered, card)
        inset = inset_beside(label, change)
        facts.add(t(answered.title), with_link(label, change), inset)
    card.column.addLayout(facts)
    return card
