"""The register as a list: a customer a row, which can be imported again.

Headings are those of every list, so that what was answered comes back as it was; beside them
stands what came out, which an import leaves aside.
"""

from collections.abc import Iterable, Mapping

from nca_wizard.customer import Customer
from nca_wizard.exchange.list_rows import CUSTOMER_FIELDS
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.texts import Texts


def register(
    t: Texts, evaluations: Iterable[tuple[Customer, Recommendation]]
) -> tuple[list[str], list[list[str]]]:
    """Headings and rows; what is to be done is said in the language of `t`."""
    found = list(evaluations)
    questions = list(dict.fromkeys(question for _, rec in found for question in rec.answers))
    headings = [*CUSTOMER_FIELDS, *questions, "as_of", "rules", "verdicts", "plan", "what_to_do"]
    return headings, [_row(t, customer, rec, questions) for customer, rec in found]


def cell_of(answer: Answer) -> str:
    """An answer as it stands in a list."""
    if isinstance(answer, Mapping):
        return ";".join(f"{product}={choice}" for product, choice in answer.items())
    return answer if isinstance(answer, str) else ";".join(answer)


def _row(t: Texts, customer: Customer, rec: Recommendation, questions: list[str]) -> list[str]:
    return [
        *(_field(customer, field) for field in CUSTOMER_FIELDS),
        *(cell_of(rec.answers.get(question, "")) for question in questions),
        rec.rulebook.as_of.isoformat(),
        rec.rulebook.version,
        ";".join(f"{goal.product}/{goal.metric}={goal.verdict}" for goal in rec.goals),
        ";".join(
            one.association if one.certainty == "sure" else f"{one.association}?"
            for one in rec.plan
        ),
        "; ".join(t(one.title.for_us) for one in rec.plan),
    ]


def _field(customer: Customer, field: str) -> str:
    holder: object = customer
    for part in field.split("."):
        holder = getattr(holder, part)
    return str(holder)
