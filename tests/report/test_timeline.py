"""The days of an action in words and as a picture."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest

from nca_wizard.customer import Customer
from nca_wizard.public_holidays import FreeDays, free_days
from nca_wizard.report.document import Press
from nca_wizard.report.timeline import (
    Schedule,
    picture,
    reckoned,
    reckoned_for,
    stage_lines,
    when_it_shows,
)
from nca_wizard.rules.model.results import PlannedStage, Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from tests.report.conftest import CLAIM_STAGES, both

MONDAY = date(2026, 11, 23)
IN_GERMANY = Schedule(MONDAY, free_days("DE"))
OPEN = PlannedStage(
    title=both("Somebody looks at it"),
    working_days_min=None,
    working_days_max=None,
    until_day_of_month=None,
    cites=CLAIM_STAGES[0].cites,
)


def drawn(t: Texts, *stages: PlannedStage, schedule: Schedule = IN_GERMANY) -> dict[str, Any]:
    return picture(t, [("", stages)], schedule, "us", lambda stage: stage.cites[0].publisher)


def test_each_stage_has_its_days_its_duration_and_its_source(t: Texts) -> None:
    first = stage_lines(t, CLAIM_STAGES, "us", IN_GERMANY)[0]

    assert first.days == "23 Nov 2026 to 30 Nov 2026"
    assert first.how_long == "up to 5 working days"
    assert first.cites[0].publisher == "Microsoft Learn"


def test_without_a_start_a_stage_says_how_long_it_takes(t: Texts) -> None:
    assert [one.when for one in stage_lines(t, CLAIM_STAGES, "us")] == [
        "up to 5 working days",
        "up to 5 working days",
        "5 to 14 working days",
        "by the 20th of the month",
    ]


def test_the_customer_reads_words_of_their_own(t: Texts) -> None:
    said = stage_lines(t, CLAIM_STAGES, "customer", IN_GERMANY)[1].title

    assert said == "You may decline; no answer means yes"


def test_bars_are_to_scale_from_the_first_to_the_last_day(t: Texts) -> None:
    bars = drawn(t, *CLAIM_STAGES)["lanes"][0]["bars"]

    assert bars[0]["from"] == 0.0
    assert bars[-1]["to"] == 1.0
    # A week of the scale that ends on the 20th of January.
    assert bars[0]["to"] == pytest.approx(7 / 58, abs=0.001)
    assert all(bar["from"] <= bar["sure"] <= bar["to"] for bar in bars)
    assert all(bar["source"] for bar in bars)


def test_where_nobody_says_by_when_the_bar_stays_open_and_the_words_say_so(t: Texts) -> None:
    shown = drawn(t, OPEN, CLAIM_STAGES[-1])
    bars = shown["lanes"][0]["bars"]

    assert [bar["open"] for bar in bars] == [True, True]
    assert "nobody says by when" in shown["alt"]


def test_the_picture_is_said_in_words(t: Texts) -> None:
    assert drawn(t, *CLAIM_STAGES)["alt"].endswith(
        "It can show from 20 Dec 2026 on, and should by 20 Jan 2027."
    )


def test_without_a_country_it_says_that_holidays_are_not_known(t: Texts) -> None:
    said = reckoned(t, Schedule(MONDAY, FreeDays()), date(2027, 1, 20))

    assert "since no country is chosen" in said


def test_holidays_that_were_left_out_are_named(t: Texts) -> None:
    said = reckoned(t, IN_GERMANY, date(2027, 1, 20))

    assert said.endswith("Germany: 25 Dec 2026 (Christmas Day) and 1 Jan 2027 (New Year's Day).")
    assert "25" not in reckoned(t, IN_GERMANY, date(2026, 12, 1))


def test_without_a_last_day_no_holiday_is_named(t: Texts) -> None:
    said = reckoned(t, IN_GERMANY)

    assert said.endswith("without weekends and the public holidays of Germany.")


def test_the_customer_hears_from_which_day_and_not_how(t: Texts) -> None:
    assert reckoned_for(t, "customer", IN_GERMANY) == f"If we start on {t.date(MONDAY)}."
    assert reckoned_for(t, "us", IN_GERMANY) == reckoned(t, IN_GERMANY)


def test_when_it_shows_is_one_sentence(t: Texts) -> None:
    said = when_it_shows(t, CLAIM_STAGES, IN_GERMANY)

    assert said == "It can show from 20 Dec 2026 on, and should by 20 Jan 2027."
    assert when_it_shows(t, (), IN_GERMANY) == ""


def test_a_scale_of_years_is_not_crowded(t: Texts) -> None:
    long = CLAIM_STAGES[0].model_copy(update={"working_days_max": 600})

    assert len(drawn(t, long)["scale"]) <= 8


def test_the_page_draws_it_with_its_words(
    t: Texts, press: Press, samples: dict[str, Recommendation]
) -> None:
    document = press.document(
        t,
        samples["claims"],
        Customer(name="Contoso AB"),
        PartnerProfile(),
        copy="customer",
        paper="a4",
        schedule=IN_GERMANY,
    )
    text = pypdf.PdfReader(io.BytesIO(document.pdf)).pages[0].extract_text()

    assert document.notice == ""
    assert "20 Dec 2026 to 20 Jan 2027" in " ".join(text.split())
