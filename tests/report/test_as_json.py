import json
from datetime import date

from nca_wizard.report.as_json import as_json
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend

Samples = dict[str, Recommendation]


def test_every_recommendation_can_be_written_as_json(samples: Samples) -> None:
    for rec in samples.values():
        assert json.loads(json.dumps(as_json(rec)))["rulebook"]["version"] == "2026.11"


def test_the_agreed_names_are_there(samples: Samples) -> None:
    written = as_json(samples["claims"])

    assert {
        "rulebook",
        "goals",
        "plan",
        "alternatives",
        "cautions",
        "open_questions",
        "would_change",
        "preparations",
        "in_place",
    } <= set(written)
    assert written["rulebook"]["as_of"] == "2026-11-22"
    assert {"product", "metric", "verdict", "associations"} <= set(written["goals"][0])
    assert {"association", "certainty", "covers", "who", "steps", "evidence", "stages"} <= set(
        written["plan"][0]
    )


def test_all_six_associations_stand_in_every_goal(samples: Samples) -> None:
    for goal in as_json(samples["several products"])["goals"]:
        assert len(goal["associations"]) == 6
        for finding in goal["associations"].values():
            assert finding["because"]
            assert finding["rules"]
            assert finding["cites"]


def test_a_text_said_twice_keeps_both_sides(samples: Samples) -> None:
    who = as_json(samples["claims"])["plan"][0]["who"]

    assert who == {
        "for_us": "Your Incentives admin in Partner Center",
        "for_customer": "We file it; you sign and confirm",
    }


def test_what_an_answer_decides_is_a_sentence(samples: Samples) -> None:
    question = as_json(samples["depends"])["open_questions"][0]

    assert question["question"] == "channel"
    assert "Enterprise Agreement or Web Direct: 1 action (CPOR RevRec)." in question["decides"]


def test_explanations_stand_beside_what_they_explain(rulebook: Rulebook) -> None:
    answers: dict[str, Answer] = {
        "channel": "enterprise_agreement",
        "cloud": "government",
        "subscription": "trial",
        "products": ("sales",),
        "metrics": ("net_customer_adds",),
        "track": "smb",
        "revenue": "from_500",
        "our_part": ("none",),
        "incumbent": ("none",),
    }
    written = as_json(recommend(rulebook, Scenario(as_of=date(2026, 11, 22), answers=answers)))

    (goal,) = written["goals"]
    assert goal["could_be"] == ["not_yet", "no_route"]
    assert goal["forced_by"] == []
    first = goal["associations"]["csp"]["why_not"][0]
    assert first == {
        "kind": "failed",
        "rule": "csp-direct-bill",
        "would_say": "automatic",
        "failed": [
            {
                "question": "channel",
                "choice": "",
                "given": "enterprise_agreement",
                "wanted": ["csp_direct_bill"],
            }
        ],
        "at_best": ["automatic"],
    }
    assert first["rule"] in written["rule_texts"]
    (question,) = written["open_questions"]
    assert question["settles_most"]
    assert question["leads_to"] == {"yes": [["not_yet"]], "no": [["no_route"]]}
    assert {
        "change": {"our_part": "implements", "subscription": "active_paid"},
        "changeable": ["ask_customer", "own_hands"],
        "from_day": None,
        "goals": [["sales", "net_customer_adds"]],
        "verdicts": ["action_needed"],
        "plan": ["cpor_revrec"],
    } in written["ways"]
    assert json.loads(json.dumps(written)) == written


def test_a_change_names_the_question_and_the_choice(samples: Samples) -> None:
    changes = as_json(samples["no route"])["would_change"]

    assert changes[0] == {
        "change": {"our_part": "tenant_account"},
        "result": "If you worked with an account in the customer's tenant: 1 action (PAL).",
    }
