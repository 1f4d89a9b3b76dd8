"""What is certified of a book; equal answers have equal hashes, and only they."""

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nca_wizard import __main__ as program
from nca_wizard.errors import DONE, OUR_FAULT
from nca_wizard.paths import resources
from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.model.book import Impossible, Rulebook
from nca_wizard.rules.model.rules import Rule
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.proof import all_rules, flaws
from nca_wizard.rules.proof_answers import Answers, Digests, reasons_hash
from nca_wizard.rules.proof_certificate import certificate, redundant_rules
from nca_wizard.rules.proof_tables import horizon_of, stretches, tables_of
from nca_wizard.rules.space import Space

KINDS = ("measured", "credit", "access", "readiness", "cautions", "guidance")


def answers_of(rulebook: Rulebook) -> str:
    return Answers(rulebook, stretches(all_rules(rulebook), horizon_of(rulebook))).hash


@pytest.fixture(scope="module")
def shipped(rulebook: Rulebook) -> str:
    return answers_of(rulebook)


def each_rule(rulebook: Rulebook, change: Callable[[Any], list[Any]]) -> Rulebook:
    """Every rule of every file replaced by those that `change` makes of it."""
    return rulebook.model_copy(
        update={
            kind: tuple(new for rule in getattr(rulebook, kind) for new in change(rule))
            for kind in KINDS
        }
    )


# --- The hash does not change with ... -------------------------------------------------------


def test_the_ids_of_rules_do_not_matter(rulebook: Rulebook, shipped: str) -> None:
    def renamed(rule: Rule) -> list[Rule]:
        overrides = tuple(f"new-{other}" for other in rule.overrides)
        return [rule.model_copy(update={"id": f"new-{rule.id}", "overrides": overrides})]

    assert answers_of(each_rule(rulebook, renamed)) == shipped


def test_what_is_said_and_cited_does_not_matter(rulebook: Rulebook, shipped: str) -> None:
    def reworded(rule: Rule) -> list[Rule]:
        text = Text(for_us=f"Something else, {rule.id}.", for_customer="Something else.")
        return [rule.model_copy(update={"because": text, "cites": rule.cites[:1]})]

    assert answers_of(each_rule(rulebook, reworded)) == shipped


def test_the_order_of_rules_and_questions_does_not_matter(rulebook: Rulebook, shipped: str) -> None:
    draw = random.Random(5)
    turned = {
        kind: tuple(draw.sample(getattr(rulebook, kind), len(getattr(rulebook, kind))))
        for kind in (*KINDS, "questions", "products", "metrics", "associations")
    }
    questions = tuple(
        q.model_copy(update={"choices": q.choices[::-1]}) for q in turned["questions"]
    )

    book = rulebook.model_copy(update={**turned, "questions": questions})

    assert answers_of(book) == shipped


def test_a_rule_cut_into_one_for_each_choice_does_not_matter(
    rulebook: Rulebook, shipped: str
) -> None:
    ids = {
        rule.id: [f"{rule.id}-{choice}" for choice in rule.when.get("channel", ("all",))]
        for rule in rulebook.access
    }

    def cut(rule: Any) -> list[Any]:
        overrides = tuple(new for other in rule.overrides for new in ids[other])
        return [
            rule.model_copy(
                update={
                    "id": new,
                    "when": {**rule.when, "channel": (new.removeprefix(f"{rule.id}-"),)}
                    if "channel" in rule.when
                    else rule.when,
                    "overrides": overrides,
                }
            )
            for new in ids[rule.id]
        ]

    access = tuple(new for rule in rulebook.access for new in cut(rule))
    assert len(access) > 1.5 * len(rulebook.access)
    assert answers_of(rulebook.model_copy(update={"access": access})) == shipped


def test_guidance_and_cautions_cut_in_pieces_that_say_the_same_do_not_matter(
    rulebook: Rulebook, shipped: str
) -> None:
    choices = all_axes(rulebook)["cloud"]

    def cut(rule: Any) -> list[Any]:
        if "cloud" in rule.when:
            return [rule]
        overrides = tuple(f"{other}-{choice}" for other in rule.overrides for choice in choices)
        return [
            rule.model_copy(
                update={
                    "id": f"{rule.id}-{choice}",
                    "when": {**rule.when, "cloud": (choice,)},
                    "overrides": overrides,
                }
            )
            for choice in choices
        ]

    book = rulebook.model_copy(
        update={
            kind: tuple(new for rule in getattr(rulebook, kind) for new in cut(rule))
            for kind in ("cautions", "guidance")
        }
    )

    assert answers_of(book) == shipped


def test_a_rule_cut_in_two_at_some_day_does_not_matter(rulebook: Rulebook, shipped: str) -> None:
    day = date(2024, 2, 29)

    def cut(rule: Rule) -> list[Rule]:
        if not rule.in_force_on(day) or not rule.in_force_on(day + timedelta(days=1)):
            return [rule]
        return [
            rule.model_copy(update={"effective_until": day}),
            rule.model_copy(
                update={
                    "id": f"{rule.id}-later",
                    "effective_from": day + timedelta(days=1),
                    "overrides": (*rule.overrides, *(f"{o}-later" for o in rule.overrides)),
                }
            ),
        ]

    assert answers_of(each_rule(rulebook, cut)) == shipped


def test_an_axis_that_is_mentioned_without_effect_does_not_matter(
    rulebook: Rulebook, shipped: str
) -> None:
    everything = {
        "our_part.sold_agreement": ("yes", "no"),
        "cloud": ("commercial", "government", "china"),
    }
    access = tuple(
        rule.model_copy(update={"when": {**everything, **rule.when}}) for rule in rulebook.access
    )

    assert answers_of(rulebook.model_copy(update={"access": access})) == shipped


def test_a_rule_that_changes_no_answer_does_not_matter(rulebook: Rulebook, shipped: str) -> None:
    redundant = redundant_rules(tables_of(rulebook))
    assert redundant
    for file, ids in redundant.items():
        kind = file.removesuffix(".toml")
        for rule_id in ids:
            kept = tuple(rule for rule in getattr(rulebook, kind) if rule.id != rule_id)

            assert answers_of(rulebook.model_copy(update={kind: kept})) == shipped


def test_what_is_unclear_where_it_does_not_count_yet_does_not_matter(
    rulebook: Rulebook, shipped: str
) -> None:
    trial = next(rule for rule in rulebook.readiness if rule.id == "trial-nca")
    unclear = trial.model_copy(update={"id": "x", "state": "unclear"})
    book = rulebook.model_copy(update={"readiness": (*rulebook.readiness, unclear)})

    assert answers_of(book) == shipped
    assert "x" in redundant_rules(tables_of(book))["readiness.toml"]


# --- The hash changes with ... ---------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_taken_out_is_refused_or_visible_unless_it_is_redundant(
    rulebook: Rulebook, shipped: str, kind: str
) -> None:
    redundant = redundant_rules(tables_of(rulebook)).get(f"{kind}.toml", ())
    for left_out in getattr(rulebook, kind):
        kept = tuple(rule for rule in getattr(rulebook, kind) if rule is not left_out)
        book = rulebook.model_copy(update={kind: kept})

        refused = next(flaws(book), "")
        if not refused:
            assert (answers_of(book) == shipped) == (left_out.id in redundant), left_out.id


def test_a_day_later_is_refused_or_visible(rulebook: Rulebook, shipped: str) -> None:
    """Two rules that overlap and say the same show in the rules that stand, not in the answers."""
    seen = set()
    for kind in KINDS:
        for at, rule in enumerate(getattr(rulebook, kind)):
            if rule.effective_until is None:
                continue
            until = rule.effective_until + timedelta(days=1)
            rules = list(getattr(rulebook, kind))
            rules[at] = rule.model_copy(update={"effective_until": until})
            book = rulebook.model_copy(update={kind: tuple(rules)})
            if next(flaws(book), ""):
                seen.add("refused")
                continue

            assert reasons_hash(tables_of(book)) != reasons_hash(tables_of(rulebook)), rule.id
            seen.add("same answers" if answers_of(book) == shipped else "other answers")

    assert seen == {"refused", "same answers", "other answers"}


def test_another_value_in_one_scenario_is_visible(rulebook: Rulebook, shipped: str) -> None:
    access = tuple(
        rule.model_copy(update={"access": "unclear"}) if rule.id == "dpor-held" else rule
        for rule in rulebook.access
    )

    assert answers_of(rulebook.model_copy(update={"access": access})) != shipped


def test_what_cannot_occur_is_visible(rulebook: Rulebook, shipped: str) -> None:
    impossible = Impossible(
        id="i", when={"cloud": ("china",), "channel": ("web_direct",)}, because="b"
    )

    assert answers_of(rulebook.model_copy(update={"impossible": (impossible,)})) != shipped


def test_efforts_and_the_order_of_trying_are_visible(rulebook: Rulebook, shipped: str) -> None:
    first, *others = rulebook.guidance
    dearer = (first.model_copy(update={"effort": first.effort + 1}), *others)

    assert answers_of(rulebook.model_copy(update={"guidance": dearer})) != shipped
    turned = {"try_order": rulebook.try_order[::-1]}
    assert answers_of(rulebook.model_copy(update=turned)) != shipped


# --- Digests of sets -------------------------------------------------------------------------


def test_equal_sets_have_equal_digests_in_any_space_that_has_their_axes() -> None:
    axes = {"a": ("1", "2", "3"), "b": ("yes", "no"), "c": ("x", "y")}
    large, small = Space(axes), Space({axis: axes[axis] for axis in ("a", "c")})
    draw = random.Random(2)
    digests: dict[str, int] = {}
    for _ in range(300):
        bits = draw.getrandbits(small.size)
        same = sum(
            large.where({a: (c,) for a, c in small.any_in(1 << k).items()})
            for k in range(small.size)
            if bits >> k & 1
        )
        digest = Digests(small).of(bits)

        assert Digests(large).of(same) == digest
        assert digests.setdefault(digest, bits) == bits


# --- The certificate -------------------------------------------------------------------------


def test_the_certificate_counts_what_was_proved(rulebook: Rulebook) -> None:
    got = certificate(rulebook)

    scenarios = 1
    for choices in all_axes(rulebook).values():
        scenarios *= len(choices)
    assert (got.scenarios, got.impossible) == (scenarios, 0)
    assert sum(got.rules.values()) == len(all_rules(rulebook))
    assert got.stretches[0].first == rulebook.first_day
    assert got.stretches[-1].last == rulebook.last_day
    assert got.kinds_of_goals <= 4 * 3 * 3
    assert got == certificate(rulebook)


def test_impossible_scenarios_are_left_out_of_the_count(rulebook: Rulebook) -> None:
    impossible = (
        Impossible(id="i", when={"cloud": ("china",)}, because="b"),
        Impossible(id="j", when={"customer_names_us": ("no",)}, because="b"),
    )

    got = certificate(rulebook.model_copy(update={"impossible": impossible}))

    whole = got.scenarios + got.impossible
    assert got.scenarios == whole * 2 // 3 // 2


def test_rules_older_than_their_texts_are_listed_and_no_fault(rulebook: Rulebook) -> None:
    got = certificate(rulebook).older_than_their_texts

    assert "pal-account" in got["access.toml"]
    for file, ids in got.items():
        for rule in getattr(rulebook, file.removesuffix(".toml")):
            oldest = min(rulebook.source(citation.source).dated for citation in rule.cites)
            assert (rule.effective_from < oldest) == (rule.id in ids)


# --- The command -----------------------------------------------------------------------------


def test_proof_prints_a_certificate_a_person_reads(
    rulebook: Rulebook, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["proof"]) == DONE

    text = capsys.readouterr().out
    assert f"Rulebook {rulebook.version}: every scenario that can occur" in text
    assert "1,376,256 for each product on each day" in text
    assert "from 2023-03-01 to 2023-03-31" in text
    assert rulebook.hash in text
    assert re.search(r"[\d.]+ ms for the proof", text)
    assert max(map(len, text.splitlines())) <= 100


def test_proof_prints_the_certificate_as_json(
    rulebook: Rulebook, shipped: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["proof", "--json"]) == DONE

    written = json.loads(capsys.readouterr().out)
    assert written["rulebook"] == {"version": rulebook.version, "hash": rulebook.hash}
    assert written["answers"] == shipped
    assert written["faults"] == []
    assert written["days"] == {"first": "2022-08-10", "last": "2027-11-22"}


def test_a_faulty_book_is_refused_with_its_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("rules", "sources"):
        shutil.copytree(resources() / folder, tmp_path / folder)
    access = tmp_path / "rules" / "access.toml"
    text = access.read_text(encoding="utf-8")
    access.write_text(text.replace('cloud = ["china"]', 'cloud = ["government"]'), encoding="utf-8")

    assert program.main(["proof", str(tmp_path)]) == OUR_FAULT
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err == (
        "access.toml: gap on every day: no rule says whether pal is to be had "
        "with cloud = china (2 of 6 scenarios).\n"
    )


def test_proof_needs_no_window() -> None:
    code = (
        "import sys; from nca_wizard.__main__ import main; assert main(['proof']) == 0; "
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]"
    )

    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
