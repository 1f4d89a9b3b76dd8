"""The small things a result is made of: facts with their names, steps, answers, sources, More.

Every part is plain text that wraps. What a part needs to know and may ask for comes in as a
`View`; no part knows the page it stands on.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nca_wizard.report import wording
from nca_wizard.report.wording import Tone
from nca_wizard.rules.model.reasons import Cited, Reason
from nca_wizard.rules.model.results import Answered, Recommendation
from nca_wizard.texts import Texts
from nca_wizard.ui.case_work import CaseWork
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import CAPTION_PX, STEP, TEXT_PX, Colours, resized
from nca_wizard.ui.theme import colours_of as _colours_of
from nca_wizard.ui.widgets import Button, Card, Label, LinkButton, Soft, Title, announce, literal

_NAME_COLUMN = 92
_NUMBER_COLUMN = 22
_PILL_PADDING = (12, 3)
_LONG = 420
_BEGIN = 260


@dataclass(frozen=True, slots=True)
class View:
    """What is shown, in which language, and what a click on it asks for."""

    t: Texts
    rec: Recommendation
    change: Callable[[str], object]
    """Takes the id of the question whose answer is to be changed."""
    open_link: Callable[[str], object]
    work: CaseWork | None = None
    """What can be done about it; None where it is not in the history."""

    def said(self, questions: Iterable[str]) -> tuple[Answered, ...]:
        """The answers given to these questions, in the order of the interview."""
        wanted = set(questions)
        return tuple(answered for answered in self.rec.said if answered.question in wanted)


def tint(colours: Colours, tone: Tone) -> tuple[str, str]:
    """The colours of text and ground for a tone."""
    return {
        "ok": (colours.ok, colours.ok_soft),
        "accent": (colours.accent, colours.accent_soft),
        "warn": (colours.warn, colours.warn_soft),
        "no": (colours.no, colours.no_soft),
    }[tone]


def scaled(widget: QWidget, px: int) -> int:
    """A length that grows with the text size."""
    return round(px * widget.font().pixelSize() / TEXT_PX)


class Pill(QWidget):
    """A word on a tinted ground, such as "Worth trying"."""

    def __init__(self, text: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self._tone = tone
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        across, down = _PILL_PADDING
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self.text) + 2 * across, metrics.height() + 2 * down)

    def paintEvent(self, event: QPaintEvent) -> None:
        text, ground = tint(_colours_of(self.palette()), self._tone)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
            painter.setPen(QColor(text))
            painter.setFont(self._font())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)

    def _font(self) -> QFont:
        return resized(self.font(), CAPTION_PX, QFont.Weight.Medium)


def strong_font() -> QFont:
    """Only the weight: size and family keep following the text size of the window."""
    font = QFont()
    font.setWeight(QFont.Weight.DemiBold)
    return font


class Strong(Label):
    """Text that stands out inside a card."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(strong_font())


class Facts(QGridLayout):
    """Facts under each other, their names in a column of their own."""

    def __init__(self, card: QWidget) -> None:
        super().__init__()
        self._card = card
        self._rows = 0
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(12)
        self.setColumnMinimumWidth(0, scaled(card, _NAME_COLUMN))
        self.setColumnStretch(1, 1)

    def add(self, name: str, what: QWidget | QLayout, inset: int = 0) -> None:
        """Add a fact; a name of "" leaves the first column empty.

        `inset` is how far the first line of the fact stands below its top.
        """
        label = Soft(name, self._card)
        label.setContentsMargins(0, inset, 0, 0)
        self._add(label if name else None, what)

    def add_strong(self, name: str, what: QWidget | QLayout) -> None:
        """Add a fact whose name is read first."""
        self._add(Strong(name, self._card), what)

    def _add(self, label: Label | None, what: QWidget | QLayout) -> None:
        row = self._rows
        self._rows += 1
        if label is not None:
            self.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(what, QWidget):
            self.addWidget(what, row, 1)
        else:
            self.addLayout(what, row, 1)

    def add_text(self, name: str, *paragraphs: str) -> None:
        """Add a fact in words, if there are any."""
        shown = [text for text in paragraphs if text]
        if shown:
            self.add(name, column(*(Label(text, self._card) for text in shown)))


def column(*widgets: QWidget | QLayout, spacing: int = 4) -> QVBoxLayout:
    """Things under each other."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, QWidget):
            layout.addWidget(widget)
        else:
            layout.addLayout(widget)
    return layout


def numbered(texts: Sequence[str], parent: QWidget, spacing: int = 6) -> QGridLayout:
    """Steps to do one after the other."""
    return marked([f"{number}." for number in range(1, len(texts) + 1)], texts, parent, spacing)


def long_bullets(view: View, texts: Sequence[str], card: QWidget, spacing: int = 6) -> QGridLayout:
    """Like `bullets`, for texts that may be very long."""
    grid = bullets([], card, spacing)
    for row, text in enumerate(texts):
        grid.addWidget(Soft("•", card), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(long_text(view, Label(text, card), card), row, 1)
    return grid


def bullets(texts: Sequence[str], parent: QWidget, spacing: int = 4) -> QGridLayout:
    """Things that stand side by side."""
    return marked(["•"] * len(texts), texts, parent, spacing)


def marked(
    marks: Sequence[str], texts: Sequence[str], parent: QWidget, spacing: int = 6
) -> QGridLayout:
    """Texts under each other, each behind its mark."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(0)
    grid.setVerticalSpacing(spacing)
    grid.setColumnMinimumWidth(0, scaled(parent, _NUMBER_COLUMN))
    grid.setColumnStretch(1, 1)
    for row, (mark, text) in enumerate(zip(marks, texts, strict=True)):
        grid.addWidget(Soft(mark, parent), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(text, parent), row, 1)
    return grid


def long_text(view: View, label: Label, card: QWidget) -> QVBoxLayout:
    """A label whose text may name two dozen products: its beginning, the rest behind a link."""
    layout = column(label)
    text = label.text()
    if len(text) <= _LONG:
        return layout
    begin = f"{text[:_BEGIN].rsplit(' ', 1)[0].rstrip(',;:')} …"
    label.setText(begin)
    link = LinkButton(view.t("Show all"), parent=card)
    link.setAccessibleName(view.t("Show all: %(what)s") % {"what": begin})

    def toggle() -> None:
        folded = label.text() == begin
        label.setText(text if folded else begin)
        link.setText(view.t("Show less") if folded else view.t("Show all"))
        link.updateGeometry()

    link.clicked.connect(toggle)
    layout.addLayout(Flush(link, Qt.LayoutDirection.LeftToRight))
    return layout


def with_link(label: Label, link: Button) -> QHBoxLayout:
    """Text with a link at the right edge, level with its first line."""
    row = QHBoxLayout()
    row.setSpacing(STEP)
    inset = inset_beside(label, link)
    label.setContentsMargins(0, inset, 0, inset)
    row.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
    if isinstance(link, LinkButton):
        row.addLayout(Flush(link, Qt.LayoutDirection.RightToLeft))
    else:
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    return row


def inset_beside(label: Label, link: Button) -> int:
    """How far a line of text stands below the top of a link to be level with its text."""
    return max((link.sizeHint().height() - label.fontMetrics().height()) // 2, 0)


class Flush(QHBoxLayout):
    """A link whose text ends where other text ends, its focus ring outside of it.

    `towards` is the side it stands at: left to right for the start of a line.
    """

    def __init__(self, link: LinkButton, towards: Qt.LayoutDirection) -> None:
        super().__init__()
        self._at_start = towards == Qt.LayoutDirection.LeftToRight
        self.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)

    def setGeometry(self, rect: QRect) -> None:
        # Qt takes a negative margin for none.
        leftwards = self._at_start == (
            QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight
        )
        super().setGeometry(
            rect.translated(-LinkButton.padding if leftwards else LinkButton.padding, 0)
        )


class _Outset(QVBoxLayout):
    """Room at both sides for links whose focus ring reaches beyond the text."""

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect.adjusted(-LinkButton.padding, 0, LinkButton.padding, 0))


def answers(view: View, questions: Iterable[str], parent: QWidget) -> list[QHBoxLayout]:
    """The answers that caused something, each with its Change."""
    return [
        with_link(
            Soft(
                view.t("%(question)s: %(answer)s")
                % {"question": view.t(one.title), "answer": wording.answer(view.t, one)},
                parent,
            ),
            change_button(view, one, parent),
        )
        for one in view.said(questions)
    ]


def change_button(view: View, answered: Answered, parent: QWidget) -> LinkButton:
    """Change of one answer."""
    return LinkButton(
        view.t("Change"),
        lambda: view.change(answered.question),
        name=view.t("Change %(question)s") % {"question": view.t(answered.title)},
        parent=parent,
    )


def sources(view: View, cites: Iterable[Cited], parent: QWidget) -> list[QBoxLayout]:
    """Where statements stand, source by source, with a link where there is an address."""
    lines: list[QBoxLayout] = []
    for cited, said in wording.by_source(view.t, cites):
        label = Soft(said, parent, small=True)
        if cited.url:
            lines.append(with_link(label, _open_button(view, cited, parent)))
        else:
            lines.append(column(label))
    return lines


def source_inset() -> int:
    """How far the first of `sources` stands below its top."""
    return inset_beside(Soft("", small=True), LinkButton(""))


def _open_button(view: View, cited: Cited, parent: QWidget) -> LinkButton:
    return LinkButton(
        view.t("Open in browser"),
        lambda: view.open_link(cited.url),
        name=view.t("Open %(title)s in the browser") % {"title": wording.source_title(cited)},
        parent=parent,
    )


def cites_of(reasons: Iterable[Reason]) -> tuple[Cited, ...]:
    """The citations of some reasons, each once."""
    return tuple(dict.fromkeys(cited for reason in reasons for cited in reason.cites))


class More(QVBoxLayout):
    """Details behind a link, made when first asked for. May stand inside the details of another."""

    def __init__(
        self,
        view: View,
        about: str,
        fill: Callable[[QVBoxLayout, QWidget], object],
        card: QWidget,
    ) -> None:
        super().__init__()
        self._t = view.t
        self._about = about
        self._fill = fill
        self._card = card
        self._closed, self._opened = view.t("More"), view.t("Less")
        self.details: QWidget | None = None
        self.link = LinkButton(self._closed, self.toggle, parent=card)
        self.setSpacing(STEP)
        self.addLayout(Flush(self.link, Qt.LayoutDirection.LeftToRight))
        self._say()

    def set_texts(self, closed: str, opened: str) -> None:
        """Say on the link what the details are, instead of More and Less."""
        self._closed, self._opened = closed, opened
        self._say()

    @property
    def is_open(self) -> bool:
        return self.details is not None and not self.details.isHidden()

    def toggle(self) -> None:
        """Show the details, or hide them again."""
        if self.details is None:
            self.details = QWidget(self._card)
            inside = QVBoxLayout(self.details)
            inside.setContentsMargins(LinkButton.padding, 0, LinkButton.padding, 4)
            inside.setSpacing(STEP)
            self._fill(inside, self.details)
            outset = _Outset()
            outset.addWidget(self.details)
            self.addLayout(outset)
            self.details.show()
            order_tabs(self._card)
        else:
            self.details.setVisible(self.details.isHidden())
        self._say()
        announce(self.link, self._t("Shown") if self.is_open else self._t("Hidden"))

    def _say(self) -> None:
        text = self._opened if self.is_open else self._closed
        self.link.setText(literal(text))
        self.link.setAccessibleName(
            self._t("%(what)s: %(about)s") % {"what": text, "about": self._about}
        )
        self.link.updateGeometry()


def titled(title: str, parent: QWidget | None = None) -> Card:
    """A card with a heading, which is its accessible name too."""
    card = Card(parent)
    card.setAccessibleName(title)
    card.column.addWidget(Title(title, card))
    return card
