"""Who of a list is here already: by tenant ID, then domain, then name."""

from datetime import datetime, timedelta

import pytest

from nca_wizard.customer import Customer
from nca_wizard.history.store import History
from nca_wizard.rules.model.results import Recommendation

OTHER_TENANT = "11111111-2222-3333-4444-555555555555"
TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"


@pytest.fixture
def cases(history: History, recommendation: Recommendation, noon: datetime) -> dict[str, int]:
    """Customers by name, the last one newest."""
    customers = (
        Customer(name="Møller", domain="moller.dk"),
        Customer(name="Contoso", tenant_id=TENANT),
        Customer(name="Fabrikam", domain="fabrikam.com"),
    )
    for day, one in enumerate(customers):
        history.finish(None, one, recommendation, noon + timedelta(days=day))
    return {row.customer_name: row.case_id for row in history.evaluations()}


@pytest.mark.parametrize(
    ("customer", "found"),
    [
        (Customer(name="Fabrikam", domain="moller.dk", tenant_id=TENANT.upper()), "Contoso"),
        (Customer(name="Contoso", domain="FABRIKAM.com"), "Fabrikam"),
        (Customer(name="MOLLER", domain="elsewhere.dk"), "Møller"),
        (Customer(name="Contoso Ltd", domain="contoso.com"), None),
        (Customer(name="Contoso", tenant_id=OTHER_TENANT), None),
        (Customer(name="Møller", tenant_id=OTHER_TENANT), "Møller"),
        (Customer(name="Nobody"), None),
    ],
)
def test_the_tenant_goes_before_the_domain_and_that_before_the_name(
    history: History, cases: dict[str, int], customer: Customer, found: str | None
) -> None:
    assert history.known_customers().case_of(customer) == (cases[found] if found else None)


def test_of_two_cases_of_one_name_it_is_the_newest_that_is_not_deleted(
    history: History, cases: dict[str, int], recommendation: Recommendation, noon: datetime
) -> None:
    later = history.finish(None, Customer(name="Contoso"), recommendation, noon + timedelta(days=9))
    newest = history.evaluation(later).case_id
    assert history.known_customers().case_of(Customer(name="Contoso")) == newest

    history.bin.delete(noon, cases=[newest])
    assert history.known_customers().case_of(Customer(name="Contoso")) == cases["Contoso"]
