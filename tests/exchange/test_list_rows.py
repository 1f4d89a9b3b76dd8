"""A row becomes a customer and answers, said by ids or in words, or is rejected with its reason."""

from datetime import date

import pytest

from nca_wizard.errors import BadInput
from nca_wizard.exchange.list_rows import (
    Accepted,
    Rejected,
    Vocabulary,
    columns_by_id,
    read_row,
)
from nca_wizard.exchange.lists import Row, Table
from nca_wizard.paths import resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.sentences import as_written
from nca_wizard.texts import Texts


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(rulebooks.load(resources()))


def read(vocabulary: Vocabulary, **said: str) -> Accepted | Rejected:
    said = {"name": "Contoso", **said}
    said = {field.replace("__", "."): text for field, text in said.items()}
    columns = {field: place for place, field in enumerate(said)}
    return read_row(vocabulary, columns, Row(2, tuple(said.values())))


def accepted(vocabulary: Vocabulary, **said: str) -> Accepted:
    found = read(vocabulary, **said)
    assert isinstance(found, Accepted)
    return found


@pytest.mark.parametrize(
    "said",
    [
        "enterprise_agreement",
        "Enterprise Agreement",
        "ENTERPRISE-AGREEMENT",
        " enterprise agreement ",
    ],
)
def test_a_choice_is_said_by_its_id_or_in_words(vocabulary: Vocabulary, said: str) -> None:
    assert accepted(vocabulary, channel=said).answers == {"channel": "enterprise_agreement"}


def test_products_are_said_by_their_names_too(vocabulary: Vocabulary) -> None:
    found = accepted(vocabulary, products="Business Central; power_apps")

    assert found.answers == {"products": ("business_central", "power_apps")}


def test_one_choice_for_each_product(vocabulary: Vocabulary) -> None:
    found = accepted(
        vocabulary,
        products="sales;power_bi",
        channel="mixed",
        channel_by_product="sales=web_direct; Power BI=unknown",
        revenue="from_250",
    )

    assert found.answers["channel_by_product"] == {"sales": "web_direct", "power_bi": "unknown"}
    assert found.answers["revenue"] == "from_250"


def test_words_of_another_language_are_taken_as_well() -> None:
    german = {"Enterprise Agreement": "Unternehmensvertrag"}
    vocabulary = Vocabulary(rulebooks.load(resources()), lambda text: german.get(text, text))

    assert accepted(vocabulary, channel="Unternehmensvertrag").answers == {
        "channel": "enterprise_agreement"
    }


def test_an_empty_cell_is_not_known_yet(vocabulary: Vocabulary) -> None:
    assert accepted(vocabulary, channel="", products="").answers == {}


def test_the_customer_is_cleaned_as_everywhere(vocabulary: Vocabulary) -> None:
    found = accepted(
        vocabulary,
        name="R&D\u200b <b>Söhne</b>",
        domain="https://www.contoso.com/about",
        contact__email="anna@contoso.com",
    )

    assert found.customer.name == "R&D <b>Söhne</b>"
    assert found.customer.domain == "contoso.com"
    assert found.customer.contact.email == "anna@contoso.com"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": ""}, "Enter the customer's name"),
        ({"name": "x" * 121}, "120 characters or fewer (you have 121)"),
        ({"domain": "not a domain"}, "Enter a domain such as contoso.com"),
        ({"tenant_id": "12"}, "Tenant ID must have 32"),
        ({"channel": "EAS"}, 'Channel: "EAS" is none of Cloud Solution Provider'),
        ({"channel": "web_direct;enterprise_agreement"}, "Channel: give one choice, not several"),
        ({"products": "sales;Word"}, 'Products: "Word" is none of'),
        ({"our_part": "none;implements"}, '"None of these" cannot be combined'),
        ({"channel_by_product": "Word=web_direct"}, 'Channel per product: "Word" is none of'),
        ({"channel_by_product": "web_direct"}, "give one choice per product, for example Sales="),
        ({"subscription_ends": "soon"}, 'Subscription ends: "soon" is no date'),
    ],
)
def test_what_does_not_fit_is_rejected_with_its_reason(
    vocabulary: Vocabulary, said: dict[str, str], why: str
) -> None:
    found = read(vocabulary, **said)

    assert isinstance(found, Rejected)
    assert why in str(found.why)


@pytest.mark.parametrize("said", ["2027-03-31", "31.03.2027"])
def test_the_day_a_subscription_ends_is_no_answer(vocabulary: Vocabulary, said: str) -> None:
    found = read(vocabulary, name="Contoso", subscription_ends=said)

    assert isinstance(found, Accepted)
    assert found.subscription_ends == date(2027, 3, 31)
    assert found.answers == {}


def test_a_reason_is_said_in_the_readers_words(rulebook: Rulebook) -> None:
    german = Texts.load("de", resources() / "locale")
    found = read(Vocabulary(rulebook, german), name="Contoso", products="Word")

    assert isinstance(found, Rejected)
    assert found.why.said(german).startswith("Produkte: „Word“ ist keines von Sales; ")


def test_headings_are_the_ids_whatever_their_case(vocabulary: Vocabulary) -> None:
    table = Table(("Channel", "mine", "NAME"), (), as_written(""))

    assert columns_by_id(vocabulary, table) == {"channel": 0, "name": 2}


@pytest.mark.parametrize(
    ("headings", "why"),
    [(("company",), 'no column "name"'), (("name", "Name"), 'two columns "name"')],
)
def test_a_list_without_its_name_column_or_with_two_is_refused(
    vocabulary: Vocabulary, headings: tuple[str, ...], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        columns_by_id(vocabulary, Table(headings, (), as_written("")))
