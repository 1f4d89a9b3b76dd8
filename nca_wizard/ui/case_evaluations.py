"""Every evaluation of one case under its result: the day, the rules, what came out."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.history.store import EvaluationRow
from nca_wizard.texts import Texts
from nca_wizard.ui.history_lines import headline
from nca_wizard.ui.result_parts import titled
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Label, Line, LinkButton, Soft


def evaluations_card(
    t: Texts,
    rows: Sequence[EvaluationRow],
    shown: int | None,
    open_evaluation: Callable[[int], object],
    compare_with: Callable[[int], object],
    parent: QWidget | None = None,
) -> Card:
    """All of them, newest first; `shown` is the one on the page, which others are compared with."""
    card = titled(t("All evaluations of this customer"), parent)
    for number, row in enumerate(rows):
        if number:
            card.column.addWidget(Line(card))
        line = QHBoxLayout()
        line.setSpacing(2 * STEP)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(headline(t, row), card))
        values = {"day": t.date(row.as_of), "version": row.rulebook_version}
        words.addWidget(
            Soft(t("Evaluated for %(day)s with rules %(version)s") % values, card, small=True)
        )
        line.addLayout(words, 1)
        if row.id == shown:
            here = Soft(t("shown here"), card, small=True)
            here.setWordWrap(False)
            line.addWidget(here, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            line.addWidget(_button(t("Compare"), t, row, compare_with, card))
            line.addWidget(_button(t("Open"), t, row, open_evaluation, card))
        card.column.addLayout(line)
    return card


def _button(
    verb: str, t: Texts, row: EvaluationRow, act: Callable[[int], object], card: Card
) -> LinkButton:
    what = t("%(day)s, rules %(version)s") % {
        "day": t.date(row.as_of),
        "version": row.rulebook_version,
    }
    return LinkButton(
        verb, lambda: act(row.id), t("%(verb)s: %(what)s") % {"verb": verb, "what": what}, card
    )
