"""What is wrong with a book is found, with the rules it is about and where and when it is so."""

from datetime import date, timedelta
from itertools import product as product_of

import pytest

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.model.book import Choice, Impossible, Rulebook
from nca_wizard.rules.model.rules import Citation, Rule
from nca_wizard.rules.proof import days_that_matter, faults, flaws
from nca_wizard.rules.proof_faults import Fault, table_faults
from nca_wizard.rules.proof_tables import Days, access_tables, horizon_of, stretches, tables_of


def found_in(rulebook: Rulebook) -> list[Fault]:
    return list(faults(rulebook, tables_of(rulebook)))


def only_fault(rulebook: Rulebook) -> Fault:
    (fault,) = found_in(rulebook)
    return fault


def changed(rulebook: Rulebook, kind: str, rule_id: str, **update: object) -> Rulebook:
    rules = [
        rule.model_copy(update=update) if rule.id == rule_id else rule
        for rule in getattr(rulebook, kind)
    ]
    return rulebook.model_copy(update={kind: tuple(rules)})


def without(rulebook: Rulebook, kind: str, *rule_ids: str) -> Rulebook:
    rules = [rule for rule in getattr(rulebook, kind) if rule.id not in rule_ids]
    assert len(rules) == len(getattr(rulebook, kind)) - len(rule_ids)
    return rulebook.model_copy(update={kind: tuple(rules)})


def with_one_more(rulebook: Rulebook, kind: str, like: str, **update: object) -> Rulebook:
    model = one(rulebook, kind, like).model_copy(update={"id": "x", "overrides": (), **update})
    return rulebook.model_copy(update={kind: (*getattr(rulebook, kind), model)})


def one(rulebook: Rulebook, kind: str, rule_id: str) -> Rule:
    rule: Rule = next(rule for rule in getattr(rulebook, kind) if rule.id == rule_id)
    return rule


def test_the_shipped_rules_have_no_fault(rulebook: Rulebook) -> None:
    assert list(flaws(rulebook)) == []


# --- Gaps ------------------------------------------------------------------------------------


def test_a_rule_taken_out_leaves_its_box_without_an_answer(rulebook: Rulebook) -> None:
    fault = only_fault(without(rulebook, "access", "pal-china"))

    assert fault.kind == "gap"
    assert fault.boxes == ({"cloud": ("china",)},)
    assert fault.scenarios == 2
    assert fault.days == horizon_of(rulebook)
    assert fault.sentence == (
        "access.toml: gap on every day: no rule says whether pal is to be had "
        "with cloud = china (2 of 6 scenarios)."
    )


def test_a_gap_with_several_causes_is_one_fault_with_a_box_for_each(rulebook: Rulebook) -> None:
    fault = only_fault(without(rulebook, "access", "pal-china", "pal-no-account"))

    assert fault.sentence == (
        "access.toml: gap on every day: no rule says whether pal is to be had with cloud = china; "
        "with cloud = commercial or china, our_part.tenant_account = no (3 of 6 scenarios)."
    )


def test_a_gap_that_covers_everything_names_no_box(rulebook: Rulebook) -> None:
    book = without(
        rulebook, "access", *(rule.id for rule in rulebook.access if rule.association == ("pal",))
    )

    assert found_in(book)[0].sentence == (
        "access.toml: gap on every day: no rule says whether pal is to be had with any answers."
    )


def test_no_more_than_three_boxes_are_shown(rulebook: Rulebook) -> None:
    axes = dict.fromkeys(("a", "b", "c"), ("yes", "no"))
    model = rulebook.access[0]
    odd = tuple(
        model.model_copy(
            update={
                "id": "".join(point),
                "when": {axis: (choice,) for axis, choice in zip(axes, point, strict=True)},
            }
        )
        for point in product_of(("yes", "no"), repeat=3)
        if point.count("yes") % 2
    )
    table, _ = access_tables("csp", odd, (), axes, (), horizon_of(rulebook))

    (fault,) = table_faults(table)

    assert len(fault.boxes) == 3
    assert fault.sentence == (
        "access.toml: gap on every day: no rule says whether csp is to be had "
        "with a = no, b = yes, c = yes; with a = yes, b = no, c = yes; "
        "with a = yes, b = yes, c = no; and elsewhere (4 of 8 scenarios)."
    )


def test_a_rule_that_ends_too_early_leaves_a_gap_on_the_days_after(rulebook: Rulebook) -> None:
    fault = only_fault(changed(rulebook, "access", "pal-china", effective_until=date(2026, 10, 31)))

    assert fault.days == Days(date(2026, 11, 1), rulebook.last_day)
    assert fault.sentence.startswith("access.toml: gap from 2026-11-01 to 2027-11-22: ")


def test_a_rule_that_begins_a_day_late_leaves_a_gap_on_one_day(rulebook: Rulebook) -> None:
    fault = only_fault(changed(rulebook, "access", "pal-china", effective_from=date(2022, 8, 11)))

    assert fault.sentence.startswith("access.toml: gap on 2022-08-10: ")


def test_a_gap_in_what_is_measured_names_products_and_metrics(rulebook: Rulebook) -> None:
    product = rulebook.products[0].id
    rules = tuple(
        rule.model_copy(update={"product": tuple(p for p in rule.product if p != product)})
        for rule in rulebook.measured
    )

    fault = found_in(rulebook.model_copy(update={"measured": rules}))[0]

    assert fault.sentence == (
        "measured.toml: gap on every day: no rule says whether it is measured "
        f"with product = {product} (3 of 78 scenarios)."
    )


def test_a_gap_in_what_counts_names_association_family_and_metric(rulebook: Rulebook) -> None:
    rules = tuple(
        rule.model_copy(update={"association": tuple(a for a in rule.association if a != "pal")})
        for rule in rulebook.credit
        if rule.id != "other-product"
    )

    found = found_in(rulebook.model_copy(update={"credit": rules}))

    assert {fault.kind for fault in found} == {"gap"}
    assert [fault.sentence for fault in found if " pal " in fault.sentence] == [
        "credit.toml: gap on every day: no rule says whether pal counts with any answers."
    ]
    assert found[0].sentence == (
        "credit.toml: gap on every day: no rule says whether csp counts "
        "with family = none (3 of 12 scenarios)."
    )


def test_an_association_to_be_had_without_guidance_is_a_gap(rulebook: Rulebook) -> None:
    fault = only_fault(without(rulebook, "guidance", "pal-link"))

    assert fault.sentence == (
        "guidance.toml: gap on every day: nothing says how to get pal with "
        "cloud = commercial, our_part.tenant_account = yes (1 of 6 scenarios)."
    )


def test_what_cannot_occur_needs_no_answer(rulebook: Rulebook) -> None:
    book = without(rulebook, "access", "pal-china").model_copy(
        update={"impossible": (Impossible(id="i", when={"cloud": ("china",)}, because="b"),)}
    )

    assert [fault.kind for fault in found_in(book)] == ["dead"]  # the caution about China


def test_what_cannot_occur_may_follow_from_two_combinations_together(rulebook: Rulebook) -> None:
    """The rules ask for the cloud alone; that China is out takes the customer's consent."""
    impossible = (
        Impossible(id="i", when={"cloud": ("china",), "names_us": ("yes",)}, because="b"),
        Impossible(id="j", when={"names_us": ("no",)}, because="b"),
    )
    axes = {"cloud": ("commercial", "china"), "names_us": ("yes", "no"), "track": ("a", "b")}
    rule = rulebook.access[0].model_copy(update={"when": {"cloud": ("commercial",)}})
    table, _ = access_tables("csp", [rule], (), axes, impossible, horizon_of(rulebook))

    assert list(table_faults(table)) == []
    assert set(table.space.axes) == {"cloud", "names_us"}


def test_a_gap_is_not_reported_once_more_for_want_of_guidance(rulebook: Rulebook) -> None:
    book = without(without(rulebook, "access", "pal-account"), "guidance", "pal-link")

    assert [fault.sentence.partition(":")[0] for fault in found_in(book)] == ["access.toml"]


# --- Conflicts -------------------------------------------------------------------------------


def test_two_rules_that_disagree_are_named_with_their_values_and_the_box(
    rulebook: Rulebook,
) -> None:
    book = with_one_more(
        rulebook, "access", "csp-direct-bill", access="open", when={"cloud": ("china",)}
    )

    found = [fault for fault in found_in(book) if fault.kind == "conflict"]

    assert {fault.rules for fault in found} == {
        ("csp-direct-bill", "x"),
        ("csp-indirect-reseller", "x"),
        ("csp-through-another-partner", "x"),
        ("csp-not-the-channel", "x"),
    }
    assert found[-1].boxes == (
        {
            "channel": (
                *("enterprise_agreement", "web_direct", "mca_enterprise"),
                "other_volume_licensing",
            ),
            "cloud": ("china",),
        },
    )
    assert found[0].sentence == (
        "access.toml: conflict on every day: csp-direct-bill (automatic) and x (open) disagree on "
        "csp with channel = csp_direct_bill, cloud = china (1 of 21 scenarios)."
    )


def test_an_override_taken_away_lets_both_rules_stand(rulebook: Rulebook) -> None:
    fault = found_in(changed(rulebook, "access", "osu-held", overrides=("osu-implements",)))[0]

    assert fault.kind == "conflict"
    assert "osu-held" in fault.rules


def test_rules_that_overlap_in_time_disagree_on_those_days_only(rulebook: Rulebook) -> None:
    book = with_one_more(
        rulebook,
        "access",
        "pal-china",
        access="open",
        effective_from=date(2024, 2, 1),
        effective_until=date(2024, 2, 29),
    )

    fault = only_fault(book)

    assert fault.days == Days(date(2024, 2, 1), date(2024, 2, 29))
    assert fault.sentence.startswith("access.toml: conflict from 2024-02-01 to 2024-02-29: ")


def test_two_lists_that_disagree_on_what_counts_are_a_conflict(rulebook: Rulebook) -> None:
    counted = next(r for r in rulebook.credit if r.counts == "yes" and r.effective_until is None)
    book = with_one_more(rulebook, "credit", counted.id, counts="no")

    assert {fault.kind for fault in found_in(book)} == {"conflict"}
    assert all("x" in fault.rules for fault in found_in(book))


# --- Dead rules ------------------------------------------------------------------------------


def test_a_rule_that_others_override_everywhere_is_dead(rulebook: Rulebook) -> None:
    book = with_one_more(rulebook, "access", "pal-china", access="closed", overrides=("pal-china",))

    fault = only_fault(book)

    assert fault.kind == "dead"
    assert fault.rules == ("pal-china",)
    assert fault.sentence == (
        "access.toml: dead: pal-china never stands for pal: x overrides it wherever it holds."
    )


def test_a_rule_may_be_dead_for_one_of_its_associations(rulebook: Rulebook) -> None:
    everywhere = one(rulebook, "access", "another-claim-influenced").when
    book = with_one_more(
        rulebook,
        "access",
        "osa-influenced",
        when=everywhere,
        overrides=("another-claim-influenced",),
    )

    assert any(
        fault.sentence.startswith(
            "access.toml: dead: another-claim-influenced never stands for cpor_osa"
        )
        for fault in found_in(book)
    )


def test_a_rule_about_what_cannot_occur_is_dead(rulebook: Rulebook) -> None:
    impossible = Impossible(id="i", when={"cloud": ("china",)}, because="b")
    book = rulebook.model_copy(update={"impossible": (impossible,)})

    found = [fault.sentence for fault in found_in(book)]

    assert "access.toml: dead: pal-china never stands for pal: cloud = china cannot occur." in found
    assert "cautions.toml: dead: china-cloud never stands: cloud = china cannot occur." in found


@pytest.mark.parametrize("kind", ["access", "readiness", "cautions", "guidance"])
def test_a_condition_without_a_choice_is_dead_in_every_file(rulebook: Rulebook, kind: str) -> None:
    model = getattr(rulebook, kind)[0]
    book = with_one_more(rulebook, kind, model.id, when={"subscription": ()})

    fault = only_fault(book)

    assert fault.kind == "dead"
    assert fault.rules == ("x",)


def test_every_shipped_caution_is_shown_for_some_goal_in_some_scenario(rulebook: Rulebook) -> None:
    """Too slow for every load: a caution may also be dead because its association is no route."""
    shown = set()
    for day in days_that_matter(rulebook):
        goals = Goals(rulebook, day)
        situation = goals.situations.of(all_axes(rulebook))
        for product, metric in product_of(rulebook.products, rulebook.metrics):
            state = goals.state(product.id, metric.id, situation)
            for caution in goals.cautions(state):
                asked = {a: c for a, c in caution.when.items() if a in situation.space.axes}
                where = situation.space.where(asked)
                routes = [state.route_in_use(association) for association in caution.association]
                if not routes or any(route & where for route in routes):
                    shown.add(caution.id)

    assert shown == {caution.id for caution in rulebook.cautions}


# --- Dates -----------------------------------------------------------------------------------


def test_a_rule_whose_days_are_not_days_of_the_book_is_refused(rulebook: Rulebook) -> None:
    for days in (
        {"effective_until": date(2022, 8, 9), "effective_from": date(2022, 1, 1)},
        {"effective_from": date(2027, 11, 23), "review_by": date(2027, 12, 1)},
    ):
        fault = only_fault(with_one_more(rulebook, "access", "pal-china", **days))

        assert fault.sentence == (
            "access.toml: dates: x: all of its days lie outside the book's, "
            "from 2022-08-10 to 2027-11-22."
        )


def test_a_rule_due_for_another_look_before_it_begins_is_refused(rulebook: Rulebook) -> None:
    book = with_one_more(
        rulebook,
        "cautions",
        "china-cloud",
        effective_from=date(2026, 12, 1),
        review_by=date(2026, 11, 30),
    )

    assert only_fault(book).sentence == (
        "cautions.toml: dates: x: review_by 2026-11-30 is before effective_from 2026-12-01."
    )


def test_an_open_rule_must_be_due_for_another_look_before_the_book_ends(
    rulebook: Rulebook,
) -> None:
    last = rulebook.last_day
    late = with_one_more(rulebook, "cautions", "china-cloud", review_by=last)
    in_time = with_one_more(rulebook, "cautions", "china-cloud", review_by=last - timedelta(days=1))

    assert only_fault(late).sentence == (
        "cautions.toml: dates: x: review_by 2027-11-22 is not before the book's last day, "
        "2027-11-22, so nobody would hear that it is due."
    )
    assert list(flaws(in_time)) == []


def test_a_rule_that_ended_before_all_of_its_texts_needs_one_that_states_how_it_was(
    rulebook: Rulebook,
) -> None:
    latest = max(rulebook.sources, key=lambda source: source.dated)
    ended = {"effective_until": date(2023, 2, 28)}

    def citing(weight: str) -> Rulebook:
        cites = (Citation(source=latest.id, passage="p", weight=weight),)  # type: ignore[arg-type]  # one of the three
        return with_one_more(rulebook, "cautions", "china-cloud", cites=cites, **ended)

    assert found_in(citing("stated")) == []
    assert only_fault(citing("inferred")).sentence == (
        "cautions.toml: dates: x: all of its texts are later than its last day, 2023-02-28, "
        "and none states how it was."
    )


def test_a_text_from_after_the_day_the_book_was_checked_is_refused(rulebook: Rulebook) -> None:
    early = rulebook.model_copy(update={"checked_on": date(2026, 7, 1)})

    found = found_in(early)

    assert {fault.kind for fault in found} == {"dates"}
    assert "is dated 2026-07-30, after the book was checked on 2026-07-01." in found[0].sentence


# --- Questions and choices -------------------------------------------------------------------


def without_conditions_on(rulebook: Rulebook, *axes: str) -> Rulebook:
    """Rules that ask for one of these axes go; gaps and the rest are not looked at."""
    return rulebook.model_copy(
        update={
            kind: tuple(r for r in getattr(rulebook, kind) if r.when.keys().isdisjoint(axes))
            for kind in ("access", "readiness", "cautions", "guidance")
        }
    )


def about_questions(rulebook: Rulebook) -> list[str]:
    return [fault.sentence for fault in found_in(rulebook) if fault.kind == "question"]


def test_a_question_that_no_rule_asks_for_is_refused(rulebook: Rulebook) -> None:
    book = without_conditions_on(rulebook, "track")

    assert "questions.toml: track: no rule asks for it." in about_questions(book)


def test_choices_that_no_rule_tells_apart_are_refused(rulebook: Rulebook) -> None:
    alike = {"subscription": ("trial", "ending")}
    rules = tuple(
        r.model_copy(update={"when": {**r.when, **alike}}) if "subscription" in r.when else r
        for r in (*rulebook.readiness, *rulebook.cautions)
    )
    book = without_conditions_on(rulebook, "subscription").model_copy(update={"readiness": rules})

    assert about_questions(book)[:2] == [
        "questions.toml: subscription: no rule tells active_paid and not_provisioned apart.",
        "questions.toml: subscription: no rule tells trial and ending apart.",
    ]


def test_one_choice_may_go_without_mention(rulebook: Rulebook) -> None:
    """The case that needs no rule, such as revenue above every floor."""
    mentioned = {
        choice
        for rule in (*rulebook.readiness, *rulebook.cautions)
        for choice in rule.when.get("revenue", ())
    } - {"from_1500"}
    rules = tuple(
        r.model_copy(
            update={
                "when": {**r.when, "revenue": tuple(c for c in r.when["revenue"] if c in mentioned)}
            }
        )
        if "revenue" in r.when
        else r
        for r in rulebook.cautions
    )

    assert about_questions(rulebook.model_copy(update={"cautions": rules})) == []


def test_every_choice_of_several_must_be_asked_for(rulebook: Rulebook) -> None:
    book = without_conditions_on(rulebook, "our_part.sold_agreement")

    assert about_questions(book) == [
        "questions.toml: our_part: no rule asks for the choice sold_agreement."
    ]


# --- Readiness -------------------------------------------------------------------------------


def with_choices(rulebook: Rulebook, question_id: str, *choices: Choice) -> Rulebook:
    """The question with these choices more, or instead of those of the same id."""
    ids = {choice.id for choice in choices}
    questions = tuple(
        q.model_copy(update={"choices": (*(c for c in q.choices if c.id not in ids), *choices)})
        if q.id == question_id
        else q
        for q in rulebook.questions
    )
    return rulebook.model_copy(update={"questions": questions})


def a_choice(rulebook: Rulebook, question: str, choice_id: str, **update: object) -> Choice:
    return rulebook.question(question).choices[0].model_copy(update={"id": choice_id, **update})


def about_readiness(rulebook: Rulebook) -> list[str]:
    return [fault.sentence for fault in found_in(rulebook) if fault.kind == "readiness"]


@pytest.mark.parametrize("question", ["subscription", "revenue", "track"])
def test_a_new_choice_that_readiness_has_forgotten_does_not_count_as_ready(
    rulebook: Rulebook, question: str
) -> None:
    forgotten = a_choice(rulebook, question, "new", ready=False)
    meant = a_choice(rulebook, question, "new", ready=True)

    assert about_readiness(with_choices(rulebook, question, forgotten)) == [
        f"questions.toml: {question}: no readiness rule minds new, and it is not said to be ready."
    ]
    assert about_readiness(with_choices(rulebook, question, meant)) == []


def test_a_new_choice_is_asked_for_even_if_a_caution_is_about_it(rulebook: Rulebook) -> None:
    forgotten = a_choice(rulebook, "subscription", "new", ready=False)
    book = with_choices(rulebook, "subscription", forgotten)
    book = with_one_more(book, "cautions", "china-cloud", when={"subscription": ("new",)})

    assert [fault.kind for fault in found_in(book)] == ["readiness"]


def test_a_choice_cannot_be_ready_and_minded(rulebook: Rulebook) -> None:
    trial = a_choice(rulebook, "subscription", "trial", ready=True)
    not_set_up = a_choice(rulebook, "subscription", "not_provisioned", ready=True)

    assert about_readiness(with_choices(rulebook, "subscription", trial, not_set_up)) == [
        (
            "questions.toml: subscription: "
            "trial is said to be ready, but trial-nca and trial-use mind it."
        ),
        (
            "questions.toml: subscription: "
            "not_provisioned is said to be ready, but not-set-up minds it."
        ),
    ]


def test_ready_is_said_only_where_readiness_asks(rulebook: Rulebook) -> None:
    china = a_choice(rulebook, "cloud", "china", ready=True)

    assert about_readiness(with_choices(rulebook, "cloud", china)) == [
        "questions.toml: cloud: china is said to be ready, but no readiness rule asks for it."
    ]


def test_the_mixed_channel_is_no_choice_of_readiness(rulebook: Rulebook) -> None:
    book = with_one_more(rulebook, "readiness", "not-set-up", when={"channel": ("web_direct",)})
    channels = rulebook.question("channel").choices
    others = [c.id for c in channels if c.id not in ("web_direct", "mixed")]

    assert about_readiness(book) == [
        f"questions.toml: channel: no readiness rule minds {c}, and it is not said to be ready."
        for c in others
    ]


# --- Days ------------------------------------------------------------------------------------


def test_a_stretch_begins_where_a_rule_begins_and_after_one_has_ended(rulebook: Rulebook) -> None:
    rule = one(rulebook, "access", "pal-china").model_copy(
        update={"effective_from": date(2024, 2, 1), "effective_until": date(2024, 2, 29)}
    )
    horizon = Days(date(2024, 1, 1), date(2024, 3, 31))

    assert stretches([rule], horizon) == (
        Days(date(2024, 1, 1), date(2024, 1, 31)),
        Days(date(2024, 2, 1), date(2024, 2, 29)),
        Days(date(2024, 3, 1), date(2024, 3, 31)),
    )
    assert stretches([], horizon) == (horizon,)


def test_a_rule_that_ends_with_the_calendar_ends_with_the_book(rulebook: Rulebook) -> None:
    rule = one(rulebook, "access", "pal-china").model_copy(update={"effective_until": date.max})

    assert stretches([rule], horizon_of(rulebook)) == (horizon_of(rulebook),)


def test_the_days_that_matter_are_the_first_of_each_stretch(rulebook: Rulebook) -> None:
    days = days_that_matter(rulebook)

    assert days[0] == rulebook.first_day
    assert {date(2023, 3, 1), date(2023, 4, 1), date(2025, 12, 1)} <= set(days)
    assert days == tuple(sorted(set(days)))
