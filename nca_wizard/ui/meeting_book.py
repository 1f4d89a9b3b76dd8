"""The rulebook as it is shown while the customer looks on: their questions, in their words."""

from nca_wizard.rules.model import Choice, Question, Rulebook

LAST_STEP = 3
"""What the customer counts towards and what we do for them are ours to answer."""


def customer_side(book: Rulebook) -> Rulebook:
    """The pages and questions for the customer's eyes; only for showing, not for evaluating."""
    pages = tuple(page for page in book.pages if page.step <= LAST_STEP and not page.internal)
    asked = [_asked(one) for one in book.questions if one.page in {page.id for page in pages}]
    titles: dict[str, list[str]] = {}
    for question in asked:
        titles.setdefault(question.page, []).append(question.title)
    headings = {page: found[0] for page, found in titles.items() if len(found) == 1}
    return book.model_copy(
        update={
            "pages": tuple(
                page.model_copy(
                    update={
                        "heading": headings.get(page.id, page.heading),
                        # The customer page says what the name is used for.
                        "why": "" if page.id in titles else page.why,
                    }
                )
                for page in pages
            ),
            "questions": tuple(asked),
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
