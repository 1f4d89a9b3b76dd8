"""Drafts are there when they were saved; evaluations come back as they were given."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.customer import Contact, Customer
from nca_wizard.errors import BadInput
from nca_wizard.history.store import DamagedHistory, Draft, History
from nca_wizard.paths import resources
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.texts import Texts

Made = Callable[..., Recommendation]

CONTOSO = Customer(
    name="R&D <b>Söhne</b> 東京",
    domain="contoso.com",
    tenant_id="72f988bf-86f1-41af-91ab-2d7cd011db47",
    contact=Contact(name="Anna", title="CIO", email="anna@contoso.com"),
    note="Renewal in March\nAsk Björn",
)
DRAFT = Draft(
    customer={"name": "  Contoso\u200b ", "note": "one\r\ntwo\ud800", "tenant_id": ""},
    answers={
        "channel": "enterprise_agreement",
        "products": ("sales", "power_apps"),
        "channel_by_product": {"sales": "csp"},
    },
    page="2b",
    as_of=date(2026, 11, 22),
)


def finish(history: History, name: str, recommendation: Recommendation, at: datetime) -> int:
    return history.finish(None, Customer(name=name), recommendation, at)


# --- Drafts ---------------------------------------------------------------------------------


def test_a_draft_comes_back_exactly_as_typed(history: History, noon: datetime) -> None:
    saved = history.save_draft(DRAFT, noon)

    assert saved.id is not None
    assert saved.saved_at == noon
    assert saved.customer == DRAFT.customer
    assert history.draft(saved.id) == saved
    assert history.drafts() == [saved]


def test_a_draft_without_anything_is_a_draft(history: History, noon: datetime) -> None:
    saved = history.save_draft(Draft(customer={}, answers={}, page="1"), noon)

    assert history.drafts() == [saved]


def test_a_draft_is_in_the_file_when_the_save_returns(
    history: History, path: Path, noon: datetime
) -> None:
    saved = history.save_draft(DRAFT, noon)

    with History.open(path) as another:
        assert another.drafts() == [saved]


def test_a_later_save_takes_the_place_of_the_earlier_one(history: History, noon: datetime) -> None:
    first = history.save_draft(DRAFT, noon)
    second = history.save_draft(
        Draft(customer={"name": "B"}, answers={}, page="3", id=first.id), noon + timedelta(hours=1)
    )

    assert second.id == first.id
    assert history.drafts() == [second]


def test_the_draft_saved_last_is_the_first(history: History, noon: datetime) -> None:
    older = history.save_draft(DRAFT, noon)
    newer = history.save_draft(DRAFT, noon + timedelta(seconds=1))
    same_moment = history.save_draft(DRAFT, noon + timedelta(seconds=1))

    assert history.drafts() == [same_moment, newer, older]

    touched = history.save_draft(older, noon + timedelta(minutes=1))

    assert history.drafts() == [touched, same_moment, newer]


def test_a_draft_another_window_saved_meanwhile_is_not_written_over(
    history: History, noon: datetime
) -> None:
    first = history.save_draft(Draft({"name": "A"}, {}, "1"), noon)
    elsewhere = history.save_draft(
        replace(first, answers={"channel": "web_direct"}), noon + timedelta(seconds=1)
    )

    here = history.save_draft(
        replace(first, answers={"channel": "mixed"}), noon + timedelta(seconds=2)
    )

    assert here.id != elsewhere.id
    assert {d.answers["channel"] for d in history.drafts()} == {"web_direct", "mixed"}
    again = history.save_draft(replace(here, page="2"), noon + timedelta(seconds=3))
    assert again.id == here.id


def test_a_discarded_draft_is_gone_and_its_id_is_never_given_again(
    history: History, noon: datetime
) -> None:
    saved = history.save_draft(DRAFT, noon)
    assert saved.id is not None
    history.discard_draft(saved.id)
    history.discard_draft(saved.id)

    with pytest.raises(KeyError):
        history.draft(saved.id)
    assert history.drafts() == []
    assert history.save_draft(DRAFT, noon).id != saved.id


def test_a_window_that_still_holds_a_finished_draft_can_save_it_again(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    saved = history.save_draft(DRAFT, noon)
    history.finish(saved.id, CONTOSO, recommendation, noon)
    again = history.save_draft(saved, noon)

    assert again == saved
    assert history.drafts() == [saved]


def test_a_moment_without_a_time_zone_is_refused(history: History) -> None:
    with pytest.raises(ValueError, match="time zone"):
        history.save_draft(DRAFT, datetime(2026, 11, 22, 12))  # noqa: DTZ001  that is the point

    assert history.drafts() == []


def test_times_come_back_in_utc(history: History) -> None:
    stockholm = timezone(timedelta(hours=1))
    saved = history.save_draft(DRAFT, datetime(2026, 11, 22, 0, 30, tzinfo=stockholm))

    assert saved.saved_at == datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert saved.saved_at.tzinfo is UTC
    assert history.drafts()[0].saved_at == saved.saved_at


@given(
    st.dictionaries(st.text(st.characters(codec=None)), st.text(st.characters(codec=None))),
    st.dictionaries(
        st.text(),
        st.text()
        | st.lists(st.text()).map(tuple)
        | st.dictionaries(st.text(), st.text(), min_size=1),
    ),
)
def test_any_draft_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    customer: dict[str, str],
    answers: dict[str, str | tuple[str, ...]],
) -> None:
    with History.open(tmp_path_factory.getbasetemp() / "any.sqlite") as history:
        saved = history.save_draft(
            Draft(customer=customer, answers=answers, page="1"), datetime(2026, 1, 1, tzinfo=UTC)
        )

        assert saved.id is not None
        assert history.draft(saved.id) == saved
        history.discard_draft(saved.id)


# --- Evaluations ----------------------------------------------------------------------------


def test_an_evaluation_comes_back_exactly_without_a_rulebook(
    history: History, path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    evaluation_id = history.finish(None, CONTOSO, recommendation, noon)
    history.close()

    with History.open(path) as again:
        stored = again.evaluation(evaluation_id)
    assert stored.recommendation == recommendation
    assert stored.recommendation.model_dump_json() == recommendation.model_dump_json()
    assert stored.customer == CONTOSO
    assert stored.evaluated_at == noon
    assert stored.recommendation.plan[0].steps[0].for_us == "#1 open the portal"


def test_what_the_rules_really_say_comes_back_exactly(
    history: History, rulebook: Rulebook, noon: datetime
) -> None:
    answers: Answers = {
        "channel": "enterprise_agreement",
        "products": ("sales", "power_apps"),
        "metrics": ("net_customer_adds", "usage_growth"),
    }
    scenario = Scenario(as_of=rulebook.checked_on, answers=answers)
    recommendation = recommend(rulebook, scenario)

    evaluation_id = history.finish(None, CONTOSO, recommendation, noon)

    assert history.evaluation(evaluation_id).recommendation == recommendation
    [row] = history.evaluations()
    assert row.channel_said
    assert row.products_said


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_in_a_recommendation_comes_back(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    if not words.strip():
        return
    given_once = _with_words(words)
    with History.open(tmp_path_factory.getbasetemp() / "any-text.sqlite") as history:
        evaluation_id = finish(history, "A", given_once, datetime(2026, 1, 1, tzinfo=UTC))

        assert history.evaluation(evaluation_id).recommendation == given_once


def _with_words(words: str) -> Recommendation:
    """The smallest recommendation, with `words` wherever a text may be anything."""
    return Recommendation.model_validate(
        {
            "rulebook": {
                "version": words,
                "as_of": "2026-11-22",
                "checked_on": "2026-11-22",
                "hash": words,
            },
            "answers": {words: words, "several": [words], "each": {words: words}},
            "said": [
                {
                    "question": "channel",
                    "page": words,
                    "title": words,
                    "said": [{"text": {"for_us": words, "for_customer": words}, "product": words}],
                }
            ],
            "names": {words: words},
            **dict.fromkeys(
                (
                    "goals",
                    "preparations",
                    "plan",
                    "in_place",
                    "alternatives",
                    "cautions",
                    "open_questions",
                    "would_change",
                    "reviews_due",
                ),
                (),
            ),
        }
    )


def test_texts_are_stored_once_for_two_evaluations(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    def stored_texts() -> list[str]:
        return [row["text"] for row in history._database.read("SELECT text FROM texts")]

    first = finish(history, "A", recommendation, noon)
    texts = stored_texts()
    second = finish(history, "B", recommendation, noon)

    assert len(texts) > 5
    assert len(texts) == len(set(texts))
    assert stored_texts() == texts
    assert history.evaluation(first).recommendation == history.evaluation(second).recommendation


def test_a_row_says_what_the_list_shows(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    evaluation_id = history.finish(None, CONTOSO, recommendation, noon)

    [row] = history.evaluations()
    assert row.id == evaluation_id
    assert row.case_id == history.evaluation(evaluation_id).case_id
    assert row.customer_name == "R&D <b>Söhne</b> 東京"
    assert row.domain == "contoso.com"
    assert row.as_of == date(2026, 11, 22)
    assert row.evaluated_at == noon
    assert row.rulebook_version == "2026.11"
    assert row.channel_said == "Web Direct"
    assert row.products_said == "Dynamics 365 Sales"
    assert row.verdicts == {"action_needed": 1, "automatic": 1}
    assert row.actions == 1
    assert row.actions_said == ("CPOR RevRec",)
    assert row.open_questions == 1


def test_finishing_removes_the_draft(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    kept = history.save_draft(DRAFT, noon)
    finished = history.save_draft(DRAFT, noon)
    history.finish(finished.id, CONTOSO, recommendation, noon)

    assert history.drafts() == [kept]
    assert history.count() == 1


def test_finishing_a_draft_that_is_not_there_stores_nothing(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    with pytest.raises(KeyError):
        history.finish(7, CONTOSO, recommendation, noon)

    assert history.evaluations() == []


def test_finishing_is_all_or_nothing(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    draft = history.save_draft(DRAFT, noon)
    # The last statement of finish() fails.
    history._database._connection.execute(
        "CREATE TEMP TRIGGER fails BEFORE INSERT ON evaluations "
        "BEGIN SELECT RAISE(ABORT, 'stop'); END"
    )

    with pytest.raises(Exception, match="stop"):
        history.finish(draft.id, CONTOSO, recommendation, noon)

    assert history.drafts() == [draft]
    for table in ("cases", "evaluations", "texts"):
        [row] = history._database.read(f"SELECT count(*) AS rows FROM {table}")  # noqa: S608
        assert row["rows"] == 0, table


def test_evaluating_again_from_its_case_adds_and_never_replaces(
    history: History, made: Made, noon: datetime
) -> None:
    first = history.finish(None, CONTOSO, made(words="Then"), noon)
    case_id = history.evaluation(first).case_id
    draft = history.save_draft(
        Draft(customer={"name": "Renamed"}, answers={}, page="1", case_id=case_id), noon
    )
    renamed = Customer(name="Renamed")
    second = history.finish(draft.id, renamed, made(words="Now"), noon + timedelta(days=1))

    assert [row.id for row in history.evaluations_of(case_id)] == [second, first]
    assert history.evaluation(first).customer == CONTOSO
    assert history.evaluation(first).recommendation == made(words="Then")
    assert history.evaluation(second).recommendation == made(words="Now")


def test_another_case_of_the_same_customer_is_another_case(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    first = finish(history, "Møller", recommendation, noon)
    second = finish(history, "MOLLER", recommendation, noon)
    finish(history, "Moller & Co", recommendation, noon)

    assert history.evaluation(first).case_id != history.evaluation(second).case_id
    assert [row.id for row in history.evaluations_named("moller")] == [second, first]
    assert history.evaluations_of(history.evaluation(first).case_id)[0].id == first


@pytest.mark.parametrize(
    "change",
    [
        "documents SET recommendation = recommendation",
        "documents SET customer = customer",
        "evaluations SET evaluated_at = evaluated_at",
        "evaluations SET case_id = case_id",
    ],
)
def test_the_file_itself_refuses_to_edit_an_evaluation(
    history: History, recommendation: Recommendation, noon: datetime, change: str
) -> None:
    finish(history, "A", recommendation, noon)

    with (
        pytest.raises(Exception, match="never edited"),
        history._database.writing() as connection,
    ):
        connection.execute(f"UPDATE {change}")


def test_an_evaluation_that_is_not_there_is_a_key_error(history: History) -> None:
    with pytest.raises(KeyError):
        history.evaluation(1)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE documents SET recommendation = '{}'",
        "UPDATE documents SET recommendation = '{'",
        "UPDATE documents SET customer = '[]'",
        "DELETE FROM texts",
    ],
)
def test_an_evaluation_that_cannot_be_read_is_named(
    history: History, recommendation: Recommendation, noon: datetime, path: Path, damage: str
) -> None:
    evaluation_id = finish(history, "Contoso", recommendation, noon)
    with history._database.writing() as connection:
        connection.execute("DROP TRIGGER documents_are_never_edited")
        connection.execute(damage)

    with pytest.raises(DamagedHistory) as raised:
        history.evaluation(evaluation_id)

    assert "Contoso of 2026-11-22" in str(raised.value)
    assert str(path) in str(raised.value)
    assert not isinstance(raised.value, BadInput)


# --- The list and its search ----------------------------------------------------------------


def test_the_list_is_newest_first_and_can_be_cut(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    oldest = finish(history, "A", recommendation, noon)
    newest = finish(history, "B", recommendation, noon + timedelta(microseconds=1))
    stockholm = noon.astimezone(timezone(timedelta(hours=-9)))
    same_moment = finish(history, "C", recommendation, stockholm)

    assert [row.id for row in history.evaluations()] == [newest, same_moment, oldest]
    assert [row.id for row in history.evaluations(limit=2)] == [newest, same_moment]
    assert history.evaluations(limit=0) == []


@pytest.fixture
def searched(history: History, made: Made, noon: datetime) -> History:
    history.finish(None, Customer(name="Møller A/S", note="Web-Direct since May"), made(), noon)
    history.finish(None, Customer(name="Straße GmbH", domain="strasse.example"), made(), noon)
    history.finish(
        None, Customer(name="O'Brien & C++ 100%"), made(product="Business Central"), noon
    )
    history.finish(None, Customer(name="東京_株式会社"), made(association="Åland route"), noon)
    return history


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("moller", ["Møller A/S"]),
        ("MÖLLER", ["Møller A/S"]),
        ("moeller", ["Møller A/S"]),
        ("strasse", ["Straße GmbH"]),
        ("STRASSE.EXAMPLE", ["Straße GmbH"]),
        ("straße", ["Straße GmbH"]),
        ("web-direct", ["Møller A/S"]),
        ("web‑direct", ["Møller A/S"]),
        ("may since", ["Møller A/S"]),
        ("møller strasse", []),
        ("O'Brien", ["O'Brien & C++ 100%"]),
        ("o’brien", ["O'Brien & C++ 100%"]),
        ("C++", ["O'Brien & C++ 100%"]),
        ("business central", ["O'Brien & C++ 100%"]),
        ("%", ["O'Brien & C++ 100%"]),
        ("_", ["東京_株式会社"]),
        ("東京", ["東京_株式会社"]),
        ("aland", ["東京_株式会社"]),
        ("aaland route", ["東京_株式会社"]),
        ("*", []),
        ('"', []),
        ("\\", []),
        ("AND", ["東京_株式会社"]),
        ("møller\u200b", ["Møller A/S"]),
        ("\x00møl\ud800ler", ["Møller A/S"]),
        ("'; DROP TABLE evaluations; --", []),
        ("?", []),
        (":name", []),
        ("x" * 100_000, []),
        (" ".join(map(str, range(5_000))), []),
    ],
)
def test_whatever_is_searched_is_taken_literally(
    searched: History, search: str, names: list[str]
) -> None:
    found = searched.evaluations(search)

    assert [row.customer_name for row in found] == names
    assert searched.count(search) == len(names)


@pytest.mark.parametrize("search", ["", "   ", "\u200b", "\u0301"])
def test_an_empty_search_finds_all(searched: History, search: str) -> None:
    assert len(searched.evaluations(search)) == 4
    assert searched.count(search) == 4


@given(st.text(st.characters(codec=None)))
def test_no_search_raises_anything(tmp_path_factory: pytest.TempPathFactory, search: str) -> None:
    with History.open(tmp_path_factory.getbasetemp() / "searched.sqlite") as history:
        assert history.evaluations(search) == []


def test_words_of_another_language_find_what_stands_on_its_screen(
    history: History, made: Callable[..., Recommendation], noon: datetime
) -> None:
    german = Texts.load("de", resources() / "locale")
    english = "Another product"
    assert german(english) != english
    kept = history.finish(None, Customer(name="Contoso"), made(product=english), noon)

    assert [row.id for row in history.evaluations(german(english))] == [kept]
    assert [row.id for row in history.evaluations(english)] == [kept]
