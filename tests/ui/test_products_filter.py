"""The filter of the products: how it is left, and that it hides nothing that is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.products_block import ProductsBlock
from nca_wizard.ui.program import Program
from nca_wizard.ui.question_page import QuestionPage
from tests.ui.test_pages import walk_pages
from tests.ui.walking import Keyboard, bench_of, session_of


@pytest.fixture
def block(program: Program, book: Rulebook) -> ProductsBlock:
    """On its page, with the focus."""
    for page in walk_pages(program, book):
        if isinstance(page, QuestionPage):
            found = page.blocks.get("products")
            if isinstance(found, ProductsBlock):
                return found
    raise AssertionError("no page asks for products")


def hidden(block: ProductsBlock) -> list[str]:
    return [product for product, row in block.group.rows.items() if row.isHidden()]


def test_escape_clears_the_filter_and_leaves_the_focus(
    program: Program, block: ProductsBlock
) -> None:
    keyboard = Keyboard(program)
    keyboard.type("busi")
    assert hidden(block)

    keyboard.press(Qt.Key.Key_Escape)

    assert block.filter.text() == ""
    assert hidden(block) == []
    assert block.filter.hasFocus()
    page = program.window.page
    keyboard.press(Qt.Key.Key_Escape)
    assert program.window.page is page


def test_escape_on_a_product_clears_the_filter_too(program: Program, block: ProductsBlock) -> None:
    keyboard = Keyboard(program)
    keyboard.type("busi")
    row = block.group.rows["business_central"]
    row.setFocus()

    keyboard.press(Qt.Key.Key_Escape)

    assert hidden(block) == []
    assert QApplication.focusWidget() is row


def test_an_error_shows_the_rows_the_filter_hid(program: Program, block: ProductsBlock) -> None:
    Keyboard(program).type("zzz")
    session_of(program).answer("products", None)
    assert hidden(block)

    bench_of(program).go_on()

    page = program.window.page
    assert isinstance(page, QuestionPage)
    assert page.errors.isVisible()
    assert hidden(block) == []


def test_going_to_one_product_shows_it(program: Program, block: ProductsBlock) -> None:
    Keyboard(program).type("zzz")

    block.take_focus("business_central")

    assert hidden(block) == []
    assert QApplication.focusWidget() is block.group.rows["business_central"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dynamics 365 sales", {"sales"}),
        ("365  CUSTOMER serv", {"customer_service", "omnichannel"}),
        ("sales dynamics", {"sales"}),
    ],
)
def test_the_whole_name_of_a_product_finds_it(
    program: Program, block: ProductsBlock, book: Rulebook, typed: str, found: set[str]
) -> None:
    Keyboard(program).type(typed)

    assert {one.id for one in book.products} - set(hidden(block)) == found


def test_a_family_finds_its_products(
    program: Program, block: ProductsBlock, book: Rulebook
) -> None:
    Keyboard(program).type("power platform")

    of_family = {one.id for one in book.products if one.family == "power_platform"}
    assert of_family
    assert {one.id for one in book.products} - set(hidden(block)) == of_family
