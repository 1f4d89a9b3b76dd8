import re
from datetime import date

import pytest

from nca_wizard.report import wording
from nca_wizard.rules.model.results import Alternative, Outcome, PlannedStage, Recommendation
from nca_wizard.rules.model.values import Text
from nca_wizard.texts import PSEUDO_LANGUAGE, Texts

Samples = dict[str, Recommendation]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("automatic", "Nothing to file: CSP counts by itself."),
        ("claims", "2 claims to file. Nothing is automatic on an Enterprise Agreement."),
        (
            "several products",
            (
                "2 claims to file and 1 account to link. "
                "Nothing is automatic on an Enterprise Agreement."
            ),
        ),
        ("unclear", "Nothing is certain here: 1 route is worth trying."),
        ("no route", "No association counts here."),
        (
            "not yet",
            (
                "The association is in place, but does not count yet. "
                "Turn the trial into a paid subscription."
            ),
        ),
        ("depends", "It depends: 1 answer is missing."),
        ("not covered", "Not covered: rule set 2026.11 says nothing about 22 Nov 2026."),
        ("all unknown", "3 answers are missing to say anything useful."),
    ],
)
def test_the_headline_says_what_holds(t: Texts, samples: Samples, name: str, sentence: str) -> None:
    assert wording.headline(t, samples[name]) == sentence


def test_nothing_is_said_to_be_automatic_where_something_is(t: Texts, samples: Samples) -> None:
    rec = samples["claims"].model_copy(
        update={"goals": (*samples["claims"].goals, *samples["automatic"].goals)}
    )

    assert wording.headline(t, rec) == "2 claims to file."
    assert "Counts by itself: Sales (Net customer adds)." in wording.subline(t, rec)


def test_an_association_held_already_is_named(t: Texts, samples: Samples) -> None:
    goal = samples["claims"].goals[0]
    findings = tuple(
        one.model_copy(update={"access": "automatic"}) if one.association == "dpor" else one
        for one in goal.findings
    )
    held = goal.model_copy(update={"verdict": "automatic", "findings": findings})
    rec = samples["claims"].model_copy(update={"goals": (held,), "plan": ()})

    cells = {row.association: row.cells[0] for row in wording.association_rows(t, rec)}

    assert wording.headline(t, rec) == "Nothing to file: DPOR in place already."
    assert cells["dpor"].word == "in place"


def test_the_subline_names_the_best_alternative(t: Texts, samples: Samples) -> None:
    assert (
        wording.subline(t, samples["claims"])
        == "DPOR would do instead: 1 action fewer, more effort."
    )


def test_what_to_find_out_comes_before_the_alternative(t: Texts, samples: Samples) -> None:
    line = wording.subline(t, samples["claims and a question"])

    assert line.startswith("Find out first: ")
    assert "DPOR would do" not in line


def test_where_nothing_counts_the_sellers_own_move_stands_first(t: Texts, samples: Samples) -> None:
    assert wording.subline(t, samples["no route"]) == (
        "If you worked with an account in the customer's tenant: 1 action (PAL)."
    )


def test_every_cell_has_a_mark_and_a_word(t: Texts, samples: Samples) -> None:
    for rec in samples.values():
        for row in wording.association_rows(t, rec):
            assert len(row.cells) == len(wording.columns(t, rec))
            assert all(cell.mark and cell.word for cell in row.cells)


@pytest.mark.parametrize(
    ("association", "words"),
    [
        ("csp", ["✕ closed here", "✕ closed here", "✕ closed here"]),
        ("cpor_osa", ["? disputed", "– does not count", "– does not count"]),
        ("cpor_osu", ["– does not count", "✓ do this", "✓ do this"]),
        ("cpor_revrec", ["✓ do this", "– does not count", "– does not count"]),
        ("dpor", ["○ also works", "○ also works", "○ also works"]),
    ],
)
def test_the_overview_says_what_the_cards_say(
    t: Texts, samples: Samples, association: str, words: list[str]
) -> None:
    rows = {row.association: row for row in wording.association_rows(t, samples["claims"])}

    assert [f"{cell.mark} {cell.word}" for cell in rows[association].cells] == words


def test_rows_in_use_are_those_of_the_plan(t: Texts, samples: Samples) -> None:
    rows = wording.association_rows(t, samples["claims"])

    assert [row.name for row in rows if row.in_use] == ["CPOR OSU", "CPOR RevRec"]


def test_products_that_read_alike_share_a_column(t: Texts, samples: Samples) -> None:
    columns = wording.columns(t, samples["several products"])

    assert [(one.heading, one.detail) for one in columns] == [
        (
            "Net customer adds",
            "Sales, Customer Service, Field Service, Power Apps, Copilot Studio",
        ),
        ("Usage growth", "Sales, Customer Service, Field Service"),
        ("Usage growth", "Power Apps"),
        ("Usage growth", "Copilot Studio"),
    ]


def test_every_goal_stands_in_one_column(t: Texts, samples: Samples) -> None:
    for rec in samples.values():
        shown = [goal for column in wording.columns(t, rec) for goal in column.goals]

        assert sorted(shown) == sorted((goal.product, goal.metric) for goal in rec.goals)


def test_every_association_is_planned_in_place_or_explained(t: Texts, samples: Samples) -> None:
    for rec in samples.values():
        used = {action.association for action in (*rec.plan, *rec.in_place)}
        others = wording.others(rec)

        assert used | set(others) == used | set(wording.association_ids(rec))
        assert used.isdisjoint(others)
        for association in others:
            assert all(one.reasons for one in wording.why_not(t, rec, association))


def test_goals_with_the_same_answer_are_explained_together(t: Texts, samples: Samples) -> None:
    told = wording.why_not(t, samples["claims"], "cpor_osa")

    assert [(one.goals, one.cell.word) for one in told] == [
        ("Net customer adds", "disputed"),
        ("Usage growth and Deployments", "does not count"),
    ]


def test_what_is_not_measured_is_blamed_on_no_association(t: Texts, samples: Samples) -> None:
    measured, *others = samples["claims"].goals
    rec = samples["claims"].model_copy(
        update={
            "goals": (
                measured,
                *(one.model_copy(update={"verdict": "not_measured"}) for one in others),
            )
        }
    )

    (told,) = wording.why_not(t, rec, "cpor_osa")
    assert (told.goals, told.cell.word) == ("", "disputed")


def test_what_depends_names_no_single_reason(t: Texts, samples: Samples) -> None:
    told = wording.why_not(t, samples["depends"], "csp")

    assert [one.short for one in told if one.depends] == [
        "What is asked under “Find out first” decides."
    ]


def test_all_that_was_asked_for_is_not_listed(t: Texts, samples: Samples) -> None:
    rec = samples["several products"]
    of_sales = [(goal.product, goal.metric) for goal in rec.goals if goal.product == "sales"]

    assert wording.named_pairs(t, rec, of_sales) == "Sales"
    assert wording.named_pairs(t, rec, of_sales[:1]) == "Sales (Net customer adds)"


def test_choices_that_lead_to_the_same_are_told_once(t: Texts, samples: Samples) -> None:
    question = samples["depends"].open_questions[0]

    assert wording.decides(t, samples["depends"], question) == (
        "Cloud Solution Provider, through you: nothing to file, it counts by itself. "
        "Enterprise Agreement or Web Direct: 1 action (CPOR RevRec). "
        "Cloud Solution Provider, through another partner: no association counts."
    )


def test_an_outcome_that_differs_by_goal_names_the_goals(t: Texts, samples: Samples) -> None:
    led_to = Outcome(
        choices=("x",),
        said=(Text(for_us="X", for_customer="X"),),
        verdicts=("action_needed", "no_route", "no_route"),
        plan=("dpor",),
    )

    assert wording.outcome(t, samples["claims"], led_to) == (
        "1 action (DPOR); no route: Usage growth and Deployments"
    )


@pytest.mark.parametrize(
    ("actions", "effort", "words"),
    [
        (1, 0, "1 action more, about the same effort"),
        (2, 3, "2 actions more, more effort"),
        (0, -1, "as many actions, less effort"),
    ],
)
def test_an_alternative_says_how_it_differs(
    t: Texts, actions: int, effort: int, words: str
) -> None:
    other = Alternative(
        associations=("dpor",), titles=(), extra_actions=actions, extra_effort=effort, who=()
    )

    assert wording.difference(t, other) == words


@pytest.mark.parametrize(
    ("least", "most", "day", "words"),
    [
        (None, 14, None, "up to 14 working days"),
        (0, 5, None, "up to 5 working days"),
        (None, 1, None, "up to 1 working day"),
        (5, 14, None, "5 to 14 working days"),
        (5, 5, None, "5 working days"),
        (3, None, None, "at least 3 working days"),
        (0, 0, None, "at once"),
        (None, None, 20, "by the 20th of the month"),
        (None, None, 1, "by the 1st of the month"),
        (None, None, 12, "by the 12th of the month"),
        (None, None, 22, "by the 22nd of the month"),
        (None, None, None, ""),
    ],
)
def test_a_stage_says_how_long_it_takes(
    t: Texts, least: int | None, most: int | None, day: int | None, words: str
) -> None:
    stage = PlannedStage(
        title=Text(for_us="x", for_customer="x"),
        working_days_min=least,
        working_days_max=most,
        until_day_of_month=day,
        cites=(),
    )

    assert wording.stage_days(t, stage) == words


def test_a_citation_has_its_day_and_its_weight(t: Texts, samples: Samples) -> None:
    cited = samples["claims"].plan[0].cites[0]

    assert wording.citation(t, cited) == (
        "Customer associations via CPOR (Microsoft Learn), Create a customer association, "
        "10 Oct 2023, stated"
    )


def test_every_source_is_listed_once(samples: Samples) -> None:
    sources = [cited.source for cited in wording.sources(samples["claims"])]

    assert sorted(sources) == ["forum-2026", "learn-cpor", "learn-designation"]


def test_every_sentence_goes_through_the_translation(samples: Samples) -> None:
    pseudo = Texts.load(PSEUDO_LANGUAGE)
    for rec in samples.values():
        for sentence in (wording.headline(pseudo, rec), wording.subline(pseudo, rec)):
            assert not re.search(r"\b(to file|counts|missing|instead|route)\b", sentence)


def test_the_date_of_the_page_is_the_day_evaluated_for(t: Texts, samples: Samples) -> None:
    assert samples["automatic"].rulebook.as_of == date(2026, 11, 22)
    assert wording.rules_line(t, samples["automatic"]) == "Rules 2026.11, checked 3 Nov 2026"


def test_first_things_that_read_alike_are_one_with_every_reason_and_goal(
    samples: Samples,
) -> None:
    rec = samples["not yet"]
    [trial] = rec.preparations
    another = trial.model_copy(
        update={
            "rule": "another",
            "goals": (("sales", "usage_growth"),),
            "holds_up": ("cpor_osu",),
            "reason": trial.reason.model_copy(update={"rule": "another"}),
        }
    )
    other = trial.model_copy(update={"steps": trial.steps[:1]})

    first, second = wording.first_things(
        rec.model_copy(update={"preparations": (trial, another, other)})
    )

    assert [reason.rule for reason in first.reasons] == [trial.reason.rule, "another"]
    assert first.goals == (("sales", "net_customer_adds"), ("sales", "usage_growth"))
    assert first.holds_up == ("cpor_osu",)
    assert second.steps == trial.steps[:1]
