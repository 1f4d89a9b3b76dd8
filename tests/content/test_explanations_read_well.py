"""Every sentence that explains a result: for each distinct outcome, in each language."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from nca_wizard.paths import resources
from nca_wizard.report import wording
from nca_wizard.rules.interview import Interview
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.texts import Texts, available_languages
from tests.content.outcomes import TODAY, distinct_outcomes

LANGUAGES = available_languages(resources() / "locale")
METRICS = ("net_customer_adds", "usage_growth", "deployments")
FRAGMENT = re.compile(
    r"  |\s[.,;:!?]|[.,;:]{2}|^\W*$|\(\)|[%{]|\bNone\b(?! of)|\b(?:or|oder)\s*[.;:]"
    r"|“”|„“|‘’|‚‘|“[^”„“]*“"
)
ON_AN_AGREEMENT: Answers = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "subscription": "active_paid",
    "metrics": METRICS,
    "track": "smb",
    "revenue": "from_500",
    "our_part": ("influenced_purchase", "implements"),
    "incumbent": ("none",),
    "customer_names_us": "no",
}
MIXED: Answers = {
    **ON_AN_AGREEMENT,
    "channel": "mixed",
    "products": ("business_central", "sales", "power_apps"),
    "channel_by_product": {
        "business_central": "enterprise_agreement",
        "sales": "csp_direct_bill",
        "power_apps": "unknown",
    },
    "customer_names_us": "unknown",
}


@pytest.fixture(scope="module")
def samples(rulebook: Rulebook) -> list[Recommendation]:
    """Each distinct outcome, days gone by, several products, and answers that are not known."""

    def evaluated(answers: Answers, day: date = TODAY) -> Recommendation:
        in_play = Interview(rulebook, answers, day).answers_in_play
        return recommend(rulebook, Scenario(as_of=day, answers=in_play))

    every = tuple(product.id for product in rulebook.products)
    return [
        *(recommend(rulebook, outcome.sample) for outcome in distinct_outcomes(rulebook)),
        *(
            evaluated({**ON_AN_AGREEMENT, "products": ("sales", "power_apps")}, day)
            for day in (date(2022, 10, 10), date(2023, 1, 15), date(2023, 6, 20), date(2024, 6, 20))
        ),
        evaluated(MIXED),
        evaluated({**ON_AN_AGREEMENT, "products": every, "customer_names_us": "unknown"}),
        evaluated({"products": ("sales",), "metrics": METRICS}),
        evaluated({"products": ("sales", "power_apps"), "metrics": METRICS, "channel": "mixed"}),
    ]


def ids_never_shown(rulebook: Rulebook) -> re.Pattern[str]:
    """Ids that are no words of a language."""
    named = [
        *(rule.id for rule in rulebook.access),
        *(rule.id for rule in rulebook.credit),
        *(question.id for question in rulebook.questions),
        *(choice.id for question in rulebook.questions for choice in question.choices),
        *(one.id for one in rulebook.associations),
        *(one.id for one in rulebook.products),
        *(one.id for one in rulebook.metrics),
    ]
    unlike_words = [re.escape(one) for one in named if re.search(r"[_-]", one)]
    return re.compile(rf"\b(?:{'|'.join(unlike_words)})\b")


def rules_said(t: Texts, rec: Recommendation) -> Iterator[str]:
    for one in rec.why_not:
        yield wording.why_not_standing(t, rec, one)
    for association in wording.association_ids(rec):
        yield from (one.text for one in wording.not_standing(t, rec, association))
        for near in wording.near_misses(t, rec, association):
            yield from near.lines


def decisions_said(t: Texts, rec: Recommendation) -> Iterator[str]:
    yield from (one.by for one in wording.decided(t, rec))
    yield from (f"{one.what}." for one in wording.decided(t, rec))


def changes_said(t: Texts, rec: Recommendation) -> Iterator[str]:
    yield from (one.text for one in wording.would_change(t, rec))


def replies_said(t: Texts, rec: Recommendation) -> Iterator[str]:
    for question in rec.open_questions:
        for branch in wording.branches(t, rec, question):
            yield f"{branch.choices}: {branch.result}."
    yield from (f"{one}." for one in wording.possible(t, rec))


def badly_said(sentences: Iterable[str], ids: re.Pattern[str]) -> list[str]:
    distinct = set(sentences)
    assert distinct
    return [
        one
        for one in distinct
        if FRAGMENT.search(one)
        or ids.search(one)
        or not one.endswith((".", "?", ".”", ".“"))
        or not (one[0].isupper() or one[0].isdigit() or one[0] in "“„")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", [rules_said, decisions_said, changes_said, replies_said])
def test_every_explanation_reads_well(
    samples: list[Recommendation], rulebook: Rulebook, language: str, said: object
) -> None:
    t = Texts.load(language, resources() / "locale")
    ids = ids_never_shown(rulebook)

    assert callable(said)
    assert badly_said((one for rec in samples for one in said(t, rec)), ids) == []


def test_rules_of_every_kind_are_among_them(samples: list[Recommendation]) -> None:
    kinds = {one.kind for rec in samples for one in rec.why_not}

    assert {"failed", "overridden", "not_in_force"} <= kinds
    assert any(len(goal.forced_by) > 0 for rec in samples for goal in rec.goals)
    assert any(len(way.steps) == 2 for rec in samples for way in rec.ways)


def test_every_rule_that_does_not_stand_is_told_for_its_association(
    samples: list[Recommendation],
) -> None:
    t = Texts.load("en")
    for rec in samples:
        for goal in rec.goals:
            for finding in goal.findings:
                told = {one.text for one in wording.not_standing(t, rec, finding.association)}
                untold = {
                    rec.rule_texts[rec.why_not[place].rule].for_us for place in finding.why_not
                } - told
                assert not untold


def test_each_change_is_told_once(samples: list[Recommendation]) -> None:
    t = Texts.load("en")
    for rec in samples:
        single = {
            (step.question, step.product, step.choice)
            for way in rec.ways
            for step in way.steps
            if len(way.steps) == 1 and not way.from_day
        } | {(one.question, one.product, one.choice) for one in rec.would_change}
        longer = [way for way in rec.ways if len(way.steps) != 1 or way.from_day]

        told = wording.would_change(t, rec)
        assert sum(one.stands_for for one in told) == len(single) + len(longer)
        assert len({one.text for one in told}) == len(told)


def test_the_customer_is_asked_only_for_what_one_would_ask_for(
    samples: list[Recommendation],
) -> None:
    steps = [step for rec in samples for way in rec.ways for step in way.steps]
    asked = {(s.question, s.choice) for s in steps if s.changeable == "ask_customer"} | {
        (change.question, change.choice)
        for rec in samples
        for change in rec.would_change
        if change.changeable == "ask_customer"
    }

    assert asked == {("subscription", "active_paid"), ("customer_names_us", "yes")}


def test_what_nobody_would_bring_about_is_no_way(samples: list[Recommendation]) -> None:
    steps = {(s.question, s.choice) for rec in samples for way in rec.ways for s in way.steps}

    assert ("subscription", "active_paid") in steps
    assert steps.isdisjoint(
        {
            ("subscription", "ending"),
            ("subscription", "trial"),
            ("channel", "csp_other_partner"),
            ("revenue", "below_250"),
            ("customer_names_us", "no"),
        }
    )
