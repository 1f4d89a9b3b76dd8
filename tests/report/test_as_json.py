import json

from nca_wizard.report.as_json import as_json
from nca_wizard.rules.model import Recommendation

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


def test_a_change_names_the_question_and_the_choice(samples: Samples) -> None:
    changes = as_json(samples["no route"])["would_change"]

    assert changes[0] == {
        "change": {"our_part": "tenant_account"},
        "result": "If you worked with an account in the customer's tenant: 1 action (PAL).",
    }
