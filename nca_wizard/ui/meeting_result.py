"""The result while the customer looks on: what the customer copy says, in cards, and no more.

page = MeetingResultPage(texts, customer, recommendation)
page.print_requested.connect(...)

Made of what the printed copy is made of, so nothing that is ours can slip in.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nca_wizard.customer import Customer
from nca_wizard.report.page import Data, customer_blocks, footer
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.result_parts import Facts, bullets, column, marked, titled
from nca_wizard.ui.timeline_picture import TimelinePicture, timeline_legend
from nca_wizard.ui.widgets import Caption, Card, Label, PrimaryButton, SecondaryButton, Soft


class MeetingResultPage(PageFrame):
    """One recommendation in the customer's words."""

    print_requested = Signal()
    edit_requested = Signal()

    def __init__(
        self,
        texts: Texts,
        customer: Customer,
        rec: Recommendation,
        partner: PartnerProfile,
        schedule: Schedule,
    ) -> None:
        super().__init__(texts, texts.date(rec.rulebook.as_of), customer.name)
        self.cards: list[Card] = []
        for block in customer_blocks(texts, rec, partner, schedule):
            make = _MAKERS.get(block["kind"])
            if make:
                self.cards += make(texts, block, self)
        for card in self.cards:
            self.body.addWidget(card)
        self.body.addWidget(Caption(footer(texts, rec), self))
        self.bar.add_left(
            SecondaryButton(texts("Edit &answers"), self.edit_requested.emit, parent=self)
        )
        self.set_primary(
            PrimaryButton(texts("&Print or PDF"), self.print_requested.emit, parent=self)
        )


def _facts(_t: Texts, block: Data, parent: QWidget) -> list[Card]:
    card = titled(block["label"], parent)
    card.column.addLayout(bullets(block["items"], card))
    return [card]


def _lead(_t: Texts, block: Data, parent: QWidget) -> list[Card]:
    card = titled(block["heading"], parent)
    if block["detail"]:
        card.column.addWidget(Soft(block["detail"], card))
    return [card]


def _ticks(_t: Texts, block: Data, parent: QWidget) -> list[Card]:
    card = titled(block["label"], parent)
    card.column.setSpacing(12)
    for item in block["items"]:
        details = [Soft(item["detail"], card)] if item["detail"] else []
        card.column.addLayout(column(Label(item["text"], card), *details, spacing=2))
    return [card]


def _steps(_t: Texts, block: Data, parent: QWidget) -> list[Card]:
    _, step, why, ready = block["columns"]
    return [_step(row, (step, why, ready), parent) for row in block["rows"]]


def _step(row: Data, names: tuple[str, str, str], parent: QWidget) -> Card:
    step, why, ready = names
    card = titled(f"{row['number']}. {row['title']}", parent)
    for words in row["tags"]:
        card.column.addWidget(Soft(words, card))
    facts = Facts(card)
    facts.add_text(why, *row["why"])
    numbers = [one["number"] for one in row["steps"]]
    steps = marked(numbers, [one["text"] for one in row["steps"]], card)
    facts.add(step, column(Label(row["who"], card), steps))
    if row["ticks"]:
        facts.add(ready, bullets(row["ticks"], card))
    facts.add_text("" if row["ticks"] else ready, row["see"])
    card.column.addLayout(facts)
    return card


def _questions(_t: Texts, block: Data, parent: QWidget) -> list[Card]:
    cards = []
    for item in block["items"]:
        card = titled(item["ask"], parent)
        card.column.addLayout(bullets(item["choices"], card))
        cards.append(card)
    return cards


def _lines(_t: Texts, block: Data, parent: QWidget) -> list[Card]:
    card = titled(block["label"], parent)
    said = [f"{item['lead']} {item['text']}".strip() for item in block["items"]]
    card.column.addLayout(bullets(said, card, spacing=6))
    return [card]


def _timeline(t: Texts, block: Data, parent: QWidget) -> list[Card]:
    card = titled(block["label"], parent)
    if "picture" in block:
        card.column.addWidget(TimelinePicture(block["picture"], card))
        card.column.addWidget(Soft(timeline_legend(t), card, small=True))
        card.column.addWidget(Soft(block["picture"]["note"], card, small=True))
        return [card]
    for lane in block["lanes"]:
        if lane["label"]:
            card.column.addWidget(Soft(lane["label"], card))
        stages = [
            t("%(stage)s: %(days)s") % {"stage": one["title"], "days": one["days"]}
            if one["days"]
            else one["title"]
            for one in lane["stages"]
        ]
        card.column.addLayout(bullets(stages, card, spacing=6))
    return [card]


# Lines to write on are for paper.
_MAKERS: Mapping[str, Callable[[Texts, Data, QWidget], list[Card]]] = {
    "facts": _facts,
    "lead": _lead,
    "ticks": _ticks,
    "steps": _steps,
    "questions": _questions,
    "lines": _lines,
    "timeline": _timeline,
}
