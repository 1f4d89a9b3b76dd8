"""Walks through the window as a person does: by keys, page by page."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nca_wizard.ui.about import AboutBox
from nca_wizard.ui.desks import Desks
from nca_wizard.ui.products_block import ProductsBlock
from nca_wizard.ui.program import Program
from nca_wizard.ui.question_block import ChoicesBlock
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.workbench import Workbench

SCENARIO_A = {
    "channel": ("csp_direct_bill",),
    "cloud": ("commercial",),
    "subscription": ("active_paid",),
    "products": ("business_central",),
    "metrics": ("net_customer_adds",),
    "track": ("smb",),
    "revenue": ("from_1500",),
    "our_part": ("influenced_purchase",),
    "incumbent": ("none",),
    "customer_names_us": ("no",),
}
SCENARIO_B = {
    **SCENARIO_A,
    "channel": ("enterprise_agreement",),
    "our_part": ("influenced_purchase", "implements"),
}
MEANT_BY = {"business_central": "busi"}
"""What to type into the filter until one product is left."""


@dataclass
class Keyboard:
    """Presses keys on whatever has the focus, and counts them. Never touches the mouse."""

    program: Program
    presses: int = field(default=0)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        self.presses += 1
        QTest.keyClick(self._focused(), key, modifier)
        QApplication.processEvents()

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def tab_to(self, block: ChoicesBlock) -> None:
        """Press Tab until the focus is in a block whose keys another block would take."""
        page = self.program.window.page
        assert isinstance(page, QuestionPage)
        first = next(iter(page.blocks.values()))
        clash = block is not first and block.group.number_of(block.question.choices[0].id) == 1
        for _ in range(20):
            if not clash or block.isAncestorOf(self._focused()):
                return
            self.press(Qt.Key.Key_Tab)

    def type(self, text: str) -> None:
        for letter in text:
            self.presses += 1
            QTest.keyClicks(self._focused(), letter)
        QApplication.processEvents()

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.program.window


@contextmanager
def about_of(program: Program) -> Iterator[AboutBox]:
    """What the program says about itself, as long as it is open."""
    program.window.do("about")
    box = program.window.findChildren(AboutBox)[-1]
    assert isinstance(box, AboutBox)
    yield box
    box.close()


def bench_of(program: Program) -> Workbench:
    assert program.workbench is not None
    return program.workbench


def desks_of(program: Program) -> Desks:
    assert program.desks is not None
    return program.desks


def session_of(program: Program) -> CaseSession:
    session = bench_of(program).session
    assert session is not None
    return session


def answer_page_by_keys(keyboard: Keyboard, answers: Mapping[str, tuple[str, ...]]) -> None:
    """Answer what the page asks and continue."""
    page = keyboard.program.window.page
    assert isinstance(page, QuestionPage)
    for question, block in page.blocks.items():
        for choice in answers[question]:
            if isinstance(block, ProductsBlock):
                keyboard.type(MEANT_BY[choice])
                keyboard.enter()
            else:
                assert isinstance(block, ChoicesBlock)
                keyboard.tab_to(block)
                keyboard.press(Qt.Key(Qt.Key.Key_0 + block.group.number_of(choice)))
    keyboard.enter()
