"""The rulebook as it is shown while the customer looks on: their questions, in their words."""

from collections.abc import Sequence

from nca_wizard.rules.model.book import Choice, Page, Question, Rulebook
from nca_wizard.ui.steps import LAST_STEP_OF_CUSTOMER


def customer_side(book: Rulebook) -> Rulebook:
    """The pages and questions for the customer's eyes; only for showing, not for evaluating."""
    pages = tuple(
        page for page in book.pages if page.step <= LAST_STEP_OF_CUSTOMER and not page.internal
    )
    asked = [_asked(one) for one in book.questions if one.page in {page.id for page in pages}]
    return book.model_copy(
        update={
            "pages": tuple(
                _page(page, [one for one in asked if one.page == page.id]) for page in pages
            ),
            "questions": tuple(asked),
        }
    )


def _page(page: Page, asked: Sequence[Question]) -> Page:
    """The page without our reasons; its only question is too long for a heading."""
    if not asked:
        return page
    alone = len(asked) == 1
    return page.model_copy(
        update={
            "heading": page.caption if alone else page.heading,
            "why": asked[0].title if alone else "",
        }
    )


def _asked(question: Question) -> Question:
    """The question as it is put to the customer, without our reasons to ask it."""
    return question.model_copy(
        update={
            "title": question.ask.for_customer,
            "why": "",
            "how_to_find_out": (),
            "unknown_hint": "",
            "choices": tuple(_offered(choice) for choice in question.choices),
        }
    )


def _offered(choice: Choice) -> Choice:
    said = choice.said.for_customer
    return choice.model_copy(
        update={
            "label": said,
            "hint": "",
            "said": choice.said.model_copy(update={"for_us": said}),
        }
    )
