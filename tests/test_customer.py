"""A customer's name is taken literally; what nobody can see is removed; nothing is cut."""

import pytest
from pydantic import ValidationError

from nca_wizard.customer import Contact, Customer, domain_of, problems


def sentences(customer: Customer) -> dict[str, str]:
    return {problem.field: str(problem.sentence) for problem in problems(customer)}


@pytest.mark.parametrize(
    "name",
    [
        "R&D <b>Söhne</b> 東京",
        "R&D Corp",
        "<b>Evil</b>",
        "O'Brien",
        "3",
        "&Co",
        "100 %",
        "%(count)d",
        "شركة المثال",
        "חברה לדוגמה",
        "Ελλάς ΑΕ",
        "a" * 120,
        "東" * 120,
        "ﬀ 🏭",
    ],
)
def test_a_real_name_is_taken_as_it_is(name: str) -> None:
    customer = Customer(name=name)

    assert customer.name == name
    assert problems(customer) == []


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\x00\x07", "\ufeff", "\u3164", "\ud800"])
def test_a_name_nobody_can_see_is_empty(name: str) -> None:
    assert sentences(Customer(name=name)) == {"name": "Enter the customer's name"}


def test_a_name_that_is_too_long_is_kept_whole_and_the_sentence_says_by_how_much() -> None:
    customer = Customer(name="x" * 134)

    assert len(customer.name) == 134
    assert sentences(customer) == {
        "name": "Customer name must be 120 characters or fewer (you have 134)"
    }


@pytest.mark.parametrize(
    ("customer", "field", "sentence"),
    [
        (
            Customer(name="A", note="x" * 4_001),
            "note",
            "Internal note must be 4000 characters or fewer (you have 4001)",
        ),
        (
            Customer(name="A", domain="x" * 250 + ".com"),
            "domain",
            "Tenant domain must be 253 characters or fewer (you have 254)",
        ),
        (
            Customer(name="A", contact=Contact(name="x" * 121)),
            "contact.name",
            "Contact name must be 120 characters or fewer (you have 121)",
        ),
        (
            Customer(name="A", contact=Contact(title="x" * 121)),
            "contact.title",
            "Contact title must be 120 characters or fewer (you have 121)",
        ),
        (
            Customer(name="A", contact=Contact(email="x" * 255)),
            "contact.email",
            "Contact email must be 254 characters or fewer (you have 255)",
        ),
    ],
)
def test_every_field_has_a_limit_that_is_said(
    customer: Customer, field: str, sentence: str
) -> None:
    assert sentences(customer) == {field: sentence}


@pytest.mark.parametrize(
    "domain",
    [
        "contoso",
        "contoso com",
        "contoso. com",
        "contoso..com",
        ".com",
        "a@b",
        "https://",
        "a/b.com",
    ],
)
def test_what_is_no_domain_is_refused_with_an_example(domain: str) -> None:
    assert sentences(Customer(name="A", domain=domain)) == {
        "domain": "Enter a domain such as contoso.com, or leave it empty"
    }


@pytest.mark.parametrize("domain", ["", "contoso.com", "contoso.onmicrosoft.com", "söhne.example"])
def test_a_domain_or_none_is_fine(domain: str) -> None:
    assert problems(Customer(name="A", domain=domain)) == []


@pytest.mark.parametrize(
    "pasted",
    [
        "https://contoso.com",
        "https://www.contoso.com/about?x=1#top",
        "http://contoso.com:8080/",
        "www.contoso.com",
        "contoso.com/",
        "contoso.com.",
        "anna@contoso.com",
        "mailto:anna@contoso.com",
        "https://anna:secret@contoso.com/",
        "  contoso.com\n",
        "\ufeffcontoso.com\u200b",
    ],
)
def test_a_pasted_address_is_cut_to_its_domain(pasted: str) -> None:
    assert domain_of(pasted) == "contoso.com"


@pytest.mark.parametrize("typed", ["", "contoso", "not a domain", "www.com", "https://"])
def test_what_is_no_address_stays_as_typed(typed: str) -> None:
    assert domain_of(typed) == typed


@pytest.mark.parametrize(
    "guid",
    [
        "72f988bf-86f1-41af-91ab-2d7cd011db47",
        "72F988BF-86F1-41AF-91AB-2D7CD011DB47",
        "72f988bf86f141af91ab2d7cd011db47",
    ],
)
def test_32_hex_digits_are_an_id_with_or_without_dashes(guid: str) -> None:
    assert problems(Customer(name="A", tenant_id=guid)) == []
    assert problems(Customer(name="A", subscription_id=guid)) == []


@pytest.mark.parametrize(
    "guid",
    [
        "72f988bf",
        "72f988bf-86f1-41af-91ab-2d7cd011db4",
        "72f988bf-86f1-41af-91ab-2d7cd011db4g",
        "7-2f988bf86f141af91ab2d7cd011db47",
        "٧2f988bf86f141af91ab2d7cd011db47",
        "x" * 5_000,
    ],
)
def test_anything_else_is_no_id(guid: str) -> None:
    assert sentences(Customer(name="A", tenant_id=guid, subscription_id=guid)) == {
        "tenant_id": "Tenant ID must have 32 letters and numbers, for example 72f988bf-...",
        "subscription_id": "Subscription ID must have 32 letters and numbers, "
        "for example 72f988bf-...",
    }


def test_only_a_note_keeps_its_lines() -> None:
    customer = Customer(name="A\nB", note="One\r\nTwo\rThree\u2028Four\tfive\x0b")

    assert customer.name == "A B"
    assert customer.note == "One\nTwo\nThree\nFour five"


def test_all_problems_are_told_at_once_in_the_order_of_the_fields() -> None:
    customer = Customer(
        name="", domain="x", tenant_id="x", contact=Contact(email="x" * 300), note="x" * 5_000
    )

    assert list(sentences(customer)) == ["name", "domain", "tenant_id", "contact.email", "note"]


def test_no_sentence_blames_or_begs() -> None:
    customer = Customer(
        name="", domain="x", tenant_id="x", contact=Contact(email="x" * 300), note="x" * 5_000
    )

    for sentence in sentences(customer).values():
        assert not {"please", "invalid", "oops", "sorry"} & set(sentence.lower().split())


def test_a_field_that_is_unknown_is_refused() -> None:
    with pytest.raises(ValidationError, match="nmae"):
        Customer.model_validate({"name": "A", "nmae": "B"})


def test_a_field_that_is_no_text_is_refused() -> None:
    with pytest.raises(ValidationError):
        Customer.model_validate({"name": 3})


def test_one_id_cannot_be_both_of_tenant_and_subscription() -> None:
    both = "72f988bf-86f1-41af-91ab-2d7cd011db47"
    (problem,) = problems(
        Customer(name="X", tenant_id=both, subscription_id=both.replace("-", "").upper())
    )

    assert problem.field == "subscription_id"
    assert str(problem.sentence).startswith("Subscription ID must be another one")
    assert problems(Customer(name="X")) == []
