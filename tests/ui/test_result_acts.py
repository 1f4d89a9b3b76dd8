"""What is made of a result: days from a start, points and a calculator, letters."""

import email
import email.policy
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Contact, Customer
from nca_wizard.report.letters import FilledLetter
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.ui.result_acting import Acting
from nca_wizard.ui.result_acts import acting_cards
from nca_wizard.ui.result_dates import DatesCard
from nca_wizard.ui.result_letters import LettersCard
from nca_wizard.ui.result_parts import View
from nca_wizard.ui.result_points import PointsCard
from nca_wizard.ui.widgets import Card
from tests.ui.results import WHEN, T, evaluated, samples, themed

CUSTOMER = Customer(name="Contoso AB", contact=Contact(name="Ada", email="ada@contoso.com"))

ANSWERS: Answers = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "subscription": "active_paid",
    "products": ("business_central",),
    "metrics": ("net_customer_adds", "usage_growth", "deployments"),
    "track": "smb",
    "revenue": "from_1500",
    "our_part": ("influenced_purchase", "implements"),
    "incumbent": ("none",),
    "customer_names_us": "no",
}


def acting_on(rec: Recommendation, country: str = "DE") -> Acting:
    partner = PartnerProfile(name="J. Seller", partner_ids=("1234567",), country=country)
    return Acting(T, CUSTOMER, rec, partner, lambda: WHEN)


@pytest.fixture
def holder(qtbot: QtBot) -> Card:
    themed()
    holder = Card()
    qtbot.addWidget(holder)
    return holder


def cards_of(holder: Card, acting: Acting) -> dict[type[Card], Card]:
    view = View(T, acting.rec, lambda _question: None, lambda _address: None)
    found = acting_cards(view, acting, holder)
    for card in found:
        holder.column.addWidget(card)
    holder.resize(900, 2000)
    holder.show()
    return {type(card): card for card in found}


@pytest.fixture
def acting() -> Acting:
    return acting_on(evaluated(ANSWERS))


@pytest.fixture
def dates(holder: Card, acting: Acting) -> DatesCard:
    card = cards_of(holder, acting)[DatesCard]
    assert isinstance(card, DatesCard)
    return card


@pytest.fixture
def points(holder: Card, acting: Acting) -> PointsCard:
    card = cards_of(holder, acting)[PointsCard]
    assert isinstance(card, PointsCard)
    return card


@pytest.fixture
def sent(holder: Card, acting: Acting) -> LettersCard:
    card = cards_of(holder, acting)[LettersCard]
    assert isinstance(card, LettersCard)
    return card


def to_customer(card: LettersCard) -> FilledLetter:
    return next(letter for letter in card.letters if letter.to == "customer")


def alt(card: DatesCard) -> str:
    assert card.picture is not None
    return card.picture.accessibleName()


def test_the_picture_says_in_words_what_it_shows_and_follows_the_start(dates: DatesCard) -> None:
    assert "20 Dec 2026" in alt(dates)

    dates.day.set_text("1 Mar 2027")
    assert "20 Dec 2026" not in alt(dates)
    assert "2027" in alt(dates)


def test_a_start_that_is_no_day_changes_nothing(dates: DatesCard, acting: Acting) -> None:
    before = alt(dates)
    dates.day.set_text("soon")

    assert alt(dates) == before
    assert acting.schedule.start == WHEN.date()


@pytest.mark.parametrize("width", [400, 900])
def test_the_picture_is_painted_beside_the_words_and_under_them(
    dates: DatesCard, width: int
) -> None:
    assert dates.picture is not None
    dates.picture.resize(width, dates.picture.heightForWidth(width))
    image = (
        dates.picture.grab()
        .toImage()
        .convertToFormat(dates.picture.grab().toImage().Format.Format_Grayscale8)
    )
    tones = {
        QColor(image.pixel(x, y)).lightness() // 32
        for x in range(image.width())
        for y in range(image.height())
    }

    assert len(tones) >= 3


def test_the_days_go_into_a_calendar(
    dates: DatesCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "days.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dates.save_button.click()

    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert any(event.decoded("dtstart") == date(2026, 11, 22) for event in events)
    assert all("Contoso AB" in str(event["summary"]) for event in events)


def test_the_calculator_says_how_many_are_missing(points: PointsCard) -> None:
    calculator = points.calculator
    assert calculator is not None

    calculator.count.set_text("2")
    assert calculator.answer.text().startswith("2 x 1,000 = 2,000. 3 more reach 5,000.")
    for typed in ("-1", "many", "²", "9" * 30):
        calculator.count.set_text(typed)
        assert not calculator.answer.text()


def test_points_are_said_not_to_be_money(points: PointsCard) -> None:
    words = " ".join(label.text() for label in points.findChildren(QLabel))

    assert "incentive payments are a different matter" in words


def test_a_letter_is_copied_whole(sent: LettersCard) -> None:
    letter = to_customer(sent)
    sent.copy(letter)

    assert QGuiApplication.clipboard().text() == f"{letter.subject}\n\n{letter.body}"


def test_a_letter_is_saved_as_a_draft_to_the_contact(
    sent: LettersCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.eml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    sent.save(to_customer(sent))

    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["To"] == "ada@contoso.com"
    assert message["Subject"] == to_customer(sent).subject


def test_a_letter_opens_in_the_mail_program(
    sent: LettersCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def take(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    sent.open(to_customer(sent))

    assert opened[0].scheme() == "mailto"
    assert opened[0].path() == "ada@contoso.com"


def test_without_a_mail_program_the_other_ways_are_named(
    sent: LettersCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    sent.open(to_customer(sent))

    assert sent.notice.sentence.startswith("No mail program was found.")


@pytest.mark.parametrize("name", sorted(samples()))
def test_every_result_has_the_cards_it_has_something_for(holder: Card, name: str) -> None:
    rec = samples()[name]
    found = cards_of(holder, acting_on(rec, country=""))

    assert (PointsCard in found) == bool(rec.points)
    assert (DatesCard in found) == any(one.stages for one in rec.plan or rec.in_place)
