"""The messages about an action."""

import re
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from nca_wizard.customer import Contact, Customer
from nca_wizard.exchange.mail_file import as_mail
from nca_wizard.paths import resources
from nca_wizard.report.letters import (
    FILL_IN,
    LONGEST_MAILTO,
    FilledLetter,
    letters,
    mailto,
)
from nca_wizard.rules.letters import PLACE
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from tests.report.test_real_pages import CASES, OURS, worked

CUSTOMER = Customer(
    name="Contoso AB",
    domain="contoso.com",
    tenant_id="72f988bf86f141af91ab2d7cd011db47",
    contact=Contact(name="Alex Lindqvist", email="alex@contoso.com"),
    note="Rebate promised.",
)
US = PartnerProfile(name="J. Seller", company="Partner AB", partner_ids=("1234567", "7654321"))


def of(rulebook: Rulebook, t: Texts, case: str, place: int = 0) -> dict[str, FilledLetter]:
    rec = worked(rulebook, next(one for one in CASES if one["id"] == case))
    action = (*rec.plan, *rec.in_place)[place]
    return {one.to: one for one in letters(t, rec, action, CUSTOMER, US)}


def test_every_action_has_a_letter_to_each_reader(rulebook: Rulebook) -> None:
    for guidance in rulebook.guidance:
        readers = [one.to for one in rulebook.letters if guidance.id in one.guidance]
        assert sorted(readers) == ["colleague", "customer", "support"], guidance.id


def test_the_customer_reads_what_we_ask_what_we_see_and_how_to_say_no(
    rulebook: Rulebook, t: Texts
) -> None:
    letter = of(rulebook, t, "one-dpor-covers-three")["customer"]

    assert letter.address == "alex@contoso.com"
    assert letter.body.startswith("Dear Alex Lindqvist,\n\nWe work with you on Business Central")
    for words in (
        "Our partner number: 1234567 or 7654321",
        "Where to click: Microsoft 365 admin center > Billing > Your products",
        "\n1. ",
        "What we can see afterwards: ",
        "How to say no: ",
        "How long it lasts: ",
    ):
        assert words in letter.body
    assert letter.body.endswith("\n\nJ. Seller\nPartner AB")


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_letter_to_the_customer_has_a_word_that_is_ours(
    rulebook: Rulebook, language: str
) -> None:
    t = Texts.load(language, resources() / "locale")
    for case in CASES:
        rec = worked(rulebook, case)
        for action in (*rec.plan, *rec.in_place):
            for letter in letters(t, rec, action, CUSTOMER, US):
                if letter.to == "customer":
                    said = f"{letter.subject} {letter.body}"
                    assert OURS.findall(said) == [], case["id"]
                    assert "Rebate" not in said


def test_the_colleague_gets_all_that_the_form_asks_for(rulebook: Rulebook, t: Texts) -> None:
    letter = of(rulebook, t, "osu-trap")["colleague"]

    assert letter.address == ""
    assert letter.subject == "To file for Contoso AB: CPOR RevRec"
    for words in (
        "\nTenant ID: 72f988bf-86f1-41af-91ab-2d7cd011db47\n",
        "\nSubscription ID: (please fill in)\n",
        "\nPartnerID of our location: 1234567 or 7654321\n",
        "In the portal: Influenced Revenue recognition - Non-Incentivized",
        "Business Central: Net customer adds",
    ):
        assert words in letter.body


def test_support_is_asked_about_what_is_in_place_but_not_counted(
    rulebook: Rulebook, t: Texts
) -> None:
    letter = of(rulebook, t, "scenario-a")["support"]

    assert letter.subject.startswith("CSP in place but not counted, tenant 72f988bf")
    assert f"In place since: {FILL_IN}" in letter.body
    assert "In the portal" not in letter.body  # nothing of CSP has a name there


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_place_is_left_unfilled(rulebook: Rulebook, language: str) -> None:
    t = Texts.load(language, resources() / "locale")
    for case in CASES:
        rec = worked(rulebook, case)
        for action in (*rec.plan, *rec.in_place):
            for letter in letters(t, rec, action, Customer(name="X"), PartnerProfile()):
                assert not re.search(r"[{}]|: *$|\n\n\n", f"{letter.subject}\n{letter.body}")


def test_a_translation_fills_in_the_same_places(rulebook: Rulebook) -> None:
    german = Texts.load("de", resources() / "locale")
    for letter in rulebook.letters:
        for text in (letter.subject, *letter.paragraphs):
            assert sorted(PLACE.findall(german(text))) == sorted(PLACE.findall(text))


def test_braces_in_a_name_stand_as_typed(rulebook: Rulebook, t: Texts) -> None:
    rec = worked(rulebook, next(one for one in CASES if one["id"] == "osu-trap"))
    letter = letters(t, rec, rec.plan[0], Customer(name="{note} & Co"), US)[0]

    assert letter.subject.startswith("{note} & Co: ")


# --- For the mail program ------------------------------------------------------------------------


def short(body: str) -> FilledLetter:
    return FilledLetter("x", "customer", "ann@example.com", "Größe & Co? 東京", body)


def test_a_short_letter_goes_to_the_mail_program_whole(t: Texts) -> None:
    found = mailto(t, short("One & two\n\n100 % = alles?"))
    parts = urlsplit(found.url)

    assert found.whole
    assert unquote(parts.path) == "ann@example.com"
    assert parse_qs(parts.query) == {
        "subject": ["Größe & Co? 東京"],
        "body": ["One & two\r\n\r\n100 % = alles?"],
    }


def test_a_long_letter_takes_its_head_along_and_asks_for_its_text(t: Texts) -> None:
    found = mailto(t, short("ü" * LONGEST_MAILTO))

    assert not found.whole
    assert parse_qs(urlsplit(found.url).query)["body"] == [
        "(The text of this letter is on the clipboard: paste it in here.)"
    ]
    assert len(found.url) < LONGEST_MAILTO


def test_a_letter_is_saved_as_a_draft_that_says_the_same() -> None:
    letter = short("Grüße aus 東京,\n\nشركة 😀\n" + "long line " * 200)
    content = as_mail(subject=letter.subject, body=letter.body, to=letter.address, sender="a@b.de")
    read = message_from_bytes(content, policy=default)
    body = read.get_body(("plain",))

    assert read["Subject"] == letter.subject
    assert read["To"] == "ann@example.com"
    assert read["From"] == "a@b.de"
    assert read["X-Unsent"] == "1"
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == f"{letter.body}\n"
    assert body.get_content_charset() == "utf-8"
    assert max(map(len, content.split(b"\r\n"))) < 998


@pytest.mark.parametrize("address", ["", "nobody", "a@", "one@x.de, two@x.de", "a b@c.de", "<>"])
def test_what_is_no_address_is_left_for_the_person_to_type(address: str) -> None:
    assert b"\nTo:" not in as_mail(subject="x", body="y", to=address)


def test_no_line_end_in_a_subject_becomes_a_header() -> None:
    read = message_from_bytes(as_mail(subject="x\r\nBcc: y@z.de", body="y"), policy=default)

    assert read["Bcc"] is None
