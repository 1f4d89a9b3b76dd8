"""Everything that is said about a recommendation in words, for screen, plain text and paper.

The only place that turns verdicts, findings and plans into sentences. All of it is built from
what the recommendation holds, so a sentence can never say more than the rules do. Nothing here
is for the customer's eyes but `request` and `request_detail`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from nca_wizard.rules.model import (
    Action,
    Alternative,
    Answered,
    Change,
    Cited,
    Finding,
    Goal,
    OpenQuestion,
    Outcome,
    PlannedStage,
    Preparation,
    Reason,
    Recommendation,
    Text,
    Verdict,
    Weight,
)
from nca_wizard.texts import N_, Texts

Audience = Literal["us", "customer"]
Tone = Literal["ok", "accent", "warn", "no"]

DISCLAIMER = N_(
    "Guidance from the rules in this app. Microsoft decides on each claim. "
    "Independent tool, not affiliated with Microsoft."
)
TRADEMARKS = N_("Microsoft, Dynamics 365 and Power Platform are trademarks of Microsoft.")

# A grid with more columns than this no longer fits a window of 760 pixels or a page.
_COLUMNS_SIDE_BY_SIDE = 4

_CLAIMS = frozenset({"cpor_osa", "cpor_osu", "cpor_revrec"})

_NOTHING_AUTOMATIC = {
    "enterprise_agreement": N_("Nothing is automatic on an Enterprise Agreement."),
    "web_direct": N_("Nothing is automatic when the customer buys from Microsoft's website."),
    "mca_enterprise": N_("Nothing is automatic on a Microsoft Customer Agreement."),
    "other_volume_licensing": N_("Nothing is automatic on a volume licence."),
}

_VERDICT_WORDS: dict[Verdict, str] = {
    "not_covered": N_("not covered"),
    "not_measured": N_("not measured"),
    "automatic": N_("counts by itself"),
    "action_needed": N_("action needed"),
    "not_yet": N_("does not count yet"),
    "unclear": N_("unclear"),
    "no_route": N_("no route"),
    "depends": N_("depends"),
}

_WEIGHT_WORDS: dict[Weight, str] = {
    "stated": N_("stated"),
    "inferred": N_("inferred"),
    "disputed": N_("disputed"),
}

# "Usage growth: unclear." after the main sentence, for the goals it does not speak about.
_REST: dict[Verdict, str] = {
    "not_covered": N_("Not covered: %(goals)s."),
    "not_measured": N_("Not measured: %(goals)s."),
    "automatic": N_("Counts by itself: %(goals)s."),
    "action_needed": N_("Action needed: %(goals)s."),
    "not_yet": N_("Does not count yet: %(goals)s."),
    "unclear": N_("Unclear: %(goals)s."),
    "no_route": N_("No route: %(goals)s."),
    "depends": N_("Depends on a missing answer: %(goals)s."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One association for one goal: a mark and a word, and how it is tinted."""

    mark: str
    word: str
    tone: Tone
    in_use: bool
    """Part of the plan, or in place already; shown bold."""


@dataclass(frozen=True, slots=True)
class Column:
    """The goals that read alike. `detail` names the products and is empty when there is one."""

    heading: str
    detail: str
    goals: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]
    """One per association, in the order of the rows."""


@dataclass(frozen=True, slots=True)
class Row:
    association: str
    name: str
    in_use: bool
    cells: tuple[Cell, ...]
    """One per column."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What holds for an association and the goals it holds for alike."""

    goals: str
    """Empty when it holds for all of them."""
    cell: Cell
    reasons: tuple[Reason, ...]


def said_to(text: Text, audience: Audience) -> str:
    """The side of `text` meant for this reader, not yet translated."""
    return text.for_us if audience == "us" else text.for_customer


# --- The verdict in one line -----------------------------------------------------------------


def answer(t: Texts, answered: Answered, audience: Audience = "us") -> str:
    """An answer in words: one choice, several, or one per product."""
    return "; ".join(
        f"{t(one.product)}: {t(said_to(one.text, audience))}"
        if one.product
        else t(said_to(one.text, audience))
        for one in answered.said
    )


def headline(t: Texts, rec: Recommendation) -> str:
    """What holds for this customer, in one or two short sentences."""
    verdicts = {goal.verdict for goal in rec.goals}
    if not rec.goals:
        return _nothing_to_say_yet(t, rec)
    if verdicts == {"not_covered"}:
        return t("Not covered: rule set %(version)s says nothing about %(date)s.") % {
            "version": rec.rulebook.version,
            "date": t.date(rec.rulebook.as_of),
        }
    if rec.preparations and "not_yet" in verdicts:
        return _not_yet(t, rec)
    if _sure(rec):
        return _sentences(_to_do(t, _sure(rec)), _nothing_automatic(t, rec))
    if verdicts == {"automatic"}:
        return _nothing_to_file(t, rec)
    if "depends" in verdicts:
        return _it_depends(t, rec)
    if "unclear" in verdicts:
        return _unclear(t, rec)
    if "automatic" in verdicts:
        return _nothing_to_file(t, rec)
    if verdicts == {"not_measured"}:
        return t("Not measured: %(goals)s.") % {"goals": named_goals(t, rec, rec.goals)}
    if "not_yet" in verdicts:
        return t("The customer does not count yet.")
    return t("No association counts here.")


def subline(t: Texts, rec: Recommendation) -> str:
    """What the headline leaves out: the other goals, then the best alternative or first question.

    Empty when there is nothing to add.
    """
    if not rec.goals:
        return _ask_first(t, rec)
    if {goal.verdict for goal in rec.goals} == {"not_covered"}:
        return t(rec.goals[0].reasons[0].text.for_us) if rec.goals[0].reasons else ""
    return _sentences(*_rest(t, rec), _next_best(t, rec))


def verdict_word(t: Texts, verdict: Verdict) -> str:
    """The verdict of one goal as it stands in a table or a list."""
    return t(_VERDICT_WORDS[verdict])


def action_count(t: Texts, rec: Recommendation) -> str:
    """How much there is to do and to find out, for a list: "2 actions, 1 to find out".

    The verdicts in words where there is neither.
    """
    verdicts = dict.fromkeys(goal.verdict for goal in rec.goals)
    if not rec.plan and not rec.open_questions:
        return ", ".join(verdict_word(t, verdict) for verdict in verdicts)
    parts = []
    if rec.plan:
        parts.append(t.plural("%(count)d action", "%(count)d actions", len(rec.plan)))
    if rec.open_questions:
        count = len(rec.open_questions)
        parts.append(t.plural("%(count)d to find out", "%(count)d to find out", count))
    return ", ".join(parts)


def _sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _sure(rec: Recommendation) -> tuple[Action, ...]:
    return tuple(action for action in rec.plan if action.certainty == "sure")


def _tries(rec: Recommendation) -> tuple[Action, ...]:
    return tuple(action for action in rec.plan if action.certainty == "try")


def _to_do(t: Texts, actions: Sequence[Action]) -> str:
    """The actions of the plan counted by what they are: a claim, the customer's step, a link."""
    claims = sum(action.association in _CLAIMS for action in actions)
    of_record = sum(action.association == "dpor" for action in actions)
    links = sum(action.association == "pal" for action in actions)
    other = len(actions) - claims - of_record - links
    parts = [
        t.plural("%(count)d claim to file", "%(count)d claims to file", claims),
        t.plural(
            "%(count)d step for the customer: naming us as partner of record",
            "%(count)d steps for the customer: naming us as partner of record",
            of_record,
        ),
        t.plural("%(count)d account to link", "%(count)d accounts to link", links),
        t.plural("%(count)d other action", "%(count)d other actions", other),
    ]
    counts = (claims, of_record, links, other)
    shown = [part for part, count in zip(parts, counts, strict=True) if count]
    return t("%(actions)s.") % {"actions": t.listing(shown)}


def _nothing_automatic(t: Texts, rec: Recommendation) -> str:
    if any(finding.access == "automatic" for goal in rec.goals for finding in goal.findings):
        return ""
    channel = rec.answers.get("channel")
    sentence = _NOTHING_AUTOMATIC.get(channel) if isinstance(channel, str) else None
    return t(sentence) if sentence else ""


def _nothing_to_file(t: Texts, rec: Recommendation) -> str:
    automatic = [goal for goal in rec.goals if goal.verdict == "automatic"]
    if all("csp" in _associations_in_place(goal) for goal in automatic):
        return t("Nothing to file: CSP counts by itself.")
    return t("Nothing to file: %(associations)s.") % {"associations": _in_place(t, rec, automatic)}


def _in_place(t: Texts, rec: Recommendation, goals: Iterable[Goal]) -> str:
    held = {association for goal in goals for association in _associations_in_place(goal)}
    names = [_name(t, rec, one) for one in association_ids(rec) if one in held]
    return t("%(associations)s in place already") % {"associations": t.listing(names)}


def _associations_in_place(goal: Goal) -> tuple[str, ...]:
    return tuple(
        finding.association
        for finding in goal.findings
        if finding.counts == "yes" and finding.access == "automatic"
    )


def _not_yet(t: Texts, rec: Recommendation) -> str:
    # The title stands as a sentence of its own: it may be an order or a statement.
    first = t(rec.preparations[0].title.for_us).rstrip(".") + "."
    if _sure(rec):
        to_do = _to_do(t, _sure(rec))
        return _sentences(to_do, t("The customer does not count yet."), first)
    waiting = [goal for goal in rec.goals if goal.verdict == "not_yet"]
    if all(_associations_in_place(goal) for goal in waiting):
        return _sentences(t("The association is in place, but does not count yet."), first)
    return _sentences(t("The customer does not count yet."), first)


def _it_depends(t: Texts, rec: Recommendation) -> str:
    missing = len(rec.open_questions)
    if missing == 0:
        return t("It depends on answers that are missing.")
    return t.plural(
        "It depends: %(count)d answer is missing.",
        "It depends: %(count)d answers are missing.",
        missing,
    )


def _nothing_to_say_yet(t: Texts, rec: Recommendation) -> str:
    missing = len(rec.open_questions)
    if missing == 0:
        return t("There is nothing to evaluate yet.")
    return t.plural(
        "%(count)d answer is missing to say anything useful.",
        "%(count)d answers are missing to say anything useful.",
        missing,
    )


def _unclear(t: Texts, rec: Recommendation) -> str:
    worth_trying = len(_tries(rec))
    if worth_trying == 0:
        return t("Unclear: no source settles whether this counts.")
    return t.plural(
        "Nothing is certain here: %(count)d route is worth trying.",
        "Nothing is certain here: %(count)d routes are worth trying.",
        worth_trying,
    )


def _spoken_about(rec: Recommendation) -> set[Verdict]:
    """The verdicts the headline has dealt with."""
    verdicts = {goal.verdict for goal in rec.goals}
    if len(verdicts) == 1:
        return verdicts
    if rec.preparations and "not_yet" in verdicts:
        return {"not_yet", "action_needed"} if _sure(rec) else {"not_yet"}
    if _sure(rec):
        return {"action_needed"}
    order: tuple[Verdict, ...] = ("depends", "unclear", "automatic")
    return {next((verdict for verdict in order if verdict in verdicts), "no_route")}


def _rest(t: Texts, rec: Recommendation) -> list[str]:
    done = _spoken_about(rec)
    sentences = []
    for verdict, sentence in _REST.items():
        goals = [goal for goal in rec.goals if goal.verdict == verdict]
        if goals and verdict not in done:
            sentences.append(t(sentence) % {"goals": named_goals(t, rec, goals)})
    return sentences


def _next_best(t: Texts, rec: Recommendation) -> str:
    if rec.open_questions:
        return _ask_first(t, rec)
    if rec.alternatives and rec.plan:
        return alternative(t, rec, rec.alternatives[0])
    in_hand = [one for one in rec.would_change if one.seller_can_change]
    nothing_works = not rec.plan and not rec.in_place
    offered = in_hand or (rec.would_change if nothing_works else ())
    return change(t, rec, offered[0]) if offered else ""


def _ask_first(t: Texts, rec: Recommendation) -> str:
    if not rec.open_questions:
        return ""
    return t("Find out first: %(question)s") % {"question": t(rec.open_questions[0].ask.for_us)}


# --- Names -----------------------------------------------------------------------------------


def _name(t: Texts, rec: Recommendation, name_of: str) -> str:
    return t(rec.names[name_of])


def name(t: Texts, rec: Recommendation, name_of: str) -> str:
    """The name of a product, metric or association."""
    return _name(t, rec, name_of)


def named_goals(t: Texts, rec: Recommendation, goals: Iterable[Goal]) -> str:
    """Goals in words: "Usage growth", or "Sales (Usage growth)" where there are more products."""
    return named_pairs(t, rec, [(goal.product, goal.metric) for goal in goals])


def named_pairs(t: Texts, rec: Recommendation, pairs: Sequence[tuple[str, str]]) -> str:
    """(product, metric) pairs in words, products that share their metrics named together."""
    metrics_of: dict[str, list[str]] = {}
    for product, metric in pairs:
        metrics_of.setdefault(product, []).append(metric)
    products_with: dict[tuple[str, ...], list[str]] = {}
    for product, metrics in metrics_of.items():
        products_with.setdefault(tuple(metrics), []).append(product)
    single = len({goal.product for goal in rec.goals}) == 1
    return "; ".join(
        _metrics(t, rec, metrics)
        if single
        else t("%(products)s (%(metrics)s)")
        % {
            "products": t.listing([_name(t, rec, product) for product in products]),
            "metrics": _metrics(t, rec, metrics),
        }
        for metrics, products in products_with.items()
    )


def _metrics(t: Texts, rec: Recommendation, metrics: Iterable[str]) -> str:
    names = [_name(t, rec, metric) for metric in metrics]
    return t.listing(names)


def association_ids(rec: Recommendation) -> tuple[str, ...]:
    """The six associations in the order they are shown; empty without goals."""
    return tuple(finding.association for finding in rec.goals[0].findings) if rec.goals else ()


# --- The overview ----------------------------------------------------------------------------


def cell(t: Texts, rec: Recommendation, goal: Goal, finding: Finding) -> Cell:
    """What holds for one association and one goal, as a mark and a word."""
    in_use = _in_use(rec, goal, finding)
    mark, word, tone = _mark_and_word(t, rec, goal, finding)
    return Cell(mark, word, tone, in_use)


def _mark_and_word(
    t: Texts, rec: Recommendation, goal: Goal, finding: Finding
) -> tuple[str, str, Tone]:
    if goal.verdict == "not_measured":
        return "…", t("not measured"), "no"
    if goal.verdict == "not_covered":
        return "–", t("not covered"), "no"
    if finding.counts == "no":
        return "–", t("does not count"), "no"
    if finding.access == "closed":
        return "✕", t("closed here"), "no"
    if finding.counts == "depends" or finding.access == "depends":
        return "?", t("depends"), "warn"
    if finding.counts == "disputed":
        return "?", t("disputed"), "warn"
    if finding.counts == "unclear" or finding.access == "unclear":
        return "?", t("unclear"), "warn"
    if finding.access == "automatic":
        word = t("automatic") if finding.association == "csp" else t("in place")
        return "✓", word, "ok"
    if _planned(rec, goal, finding):
        return "✓", t("do this"), "ok"
    return "○", t("also works"), "accent"


def _planned(rec: Recommendation, goal: Goal, finding: Finding) -> bool:
    return finding.recommended or any(
        action.association == finding.association and (goal.product, goal.metric) in action.covers
        for action in rec.plan
    )


def _in_use(rec: Recommendation, goal: Goal, finding: Finding) -> bool:
    in_place = finding.access == "automatic" and finding.counts == "yes"
    return in_place or _planned(rec, goal, finding)


def columns(t: Texts, rec: Recommendation) -> tuple[Column, ...]:
    """The goals as columns. Products that read alike share one; so do metrics if it gets wide."""
    cells = {
        (goal.product, goal.metric): tuple(cell(t, rec, goal, one) for one in goal.findings)
        for goal in rec.goals
    }
    by_metric: dict[tuple[str, tuple[Cell, ...]], list[str]] = {}
    for (product, metric), column in cells.items():
        by_metric.setdefault((metric, column), []).append(product)
    folded: dict[tuple[tuple[str, ...], tuple[Cell, ...] | str], list[str]] = {}
    side_by_side = len(by_metric) <= _COLUMNS_SIDE_BY_SIDE
    for (metric, column), products in by_metric.items():
        alike = metric if side_by_side else column
        folded.setdefault((tuple(products), alike), []).append(metric)
    single = len({goal.product for goal in rec.goals}) == 1
    return tuple(
        Column(
            heading=_metrics(t, rec, metrics),
            detail="" if single else ", ".join(_name(t, rec, product) for product in products),
            goals=tuple((product, metric) for product in products for metric in metrics),
            cells=cells[products[0], metrics[0]],
        )
        for (products, _), metrics in folded.items()
    )


def association_rows(t: Texts, rec: Recommendation) -> tuple[Row, ...]:
    """The six associations with a cell for each of `columns`; none without goals."""
    across = columns(t, rec)
    return tuple(
        Row(
            association=association,
            name=_name(t, rec, association),
            in_use=any(column.cells[place].in_use for column in across),
            cells=tuple(column.cells[place] for column in across),
        )
        for place, association in enumerate(association_ids(rec))
    )


def others(rec: Recommendation) -> tuple[str, ...]:
    """The associations that are neither planned nor in place, in their order."""
    used = {action.association for action in (*rec.plan, *rec.in_place)}
    return tuple(one for one in association_ids(rec) if one not in used)


def why_not(t: Texts, rec: Recommendation, association: str) -> tuple[WhyNot, ...]:
    """What holds for an association, goals with the same answer and reasons told together."""
    alike: dict[tuple[Cell, tuple[str, ...]], list[Goal]] = {}
    reasons_of: dict[tuple[str, ...], tuple[Reason, ...]] = {}
    for goal in rec.goals:
        finding = next(one for one in goal.findings if one.association == association)
        rules = tuple(reason.rule for reason in finding.reasons)
        reasons_of[rules] = finding.reasons
        alike.setdefault((cell(t, rec, goal, finding), rules), []).append(goal)
    return tuple(
        WhyNot(
            goals="" if len(goals) == len(rec.goals) else named_goals(t, rec, goals),
            cell=what,
            reasons=reasons_of[rules],
        )
        for (what, rules), goals in alike.items()
    )


# --- What an answer leads to -----------------------------------------------------------------


def outcome(t: Texts, rec: Recommendation, led_to: Outcome) -> str:
    """What choices lead to, without a full stop: "2 actions (CPOR RevRec and CPOR OSU)"."""
    groups: dict[Verdict, list[Goal]] = {}
    for goal, verdict in zip(rec.goals, led_to.verdicts, strict=False):
        groups.setdefault(verdict, []).append(goal)
    if not groups:
        return _plan_in_words(t, rec, led_to.plan) or t("other questions follow")
    if len(groups) == 1:
        return _one_verdict(t, rec, next(iter(groups)), led_to.plan)
    parts = [_plan_in_words(t, rec, led_to.plan)] if led_to.plan else []
    parts += [
        t("%(verdict)s: %(goals)s")
        % {"verdict": verdict_word(t, verdict), "goals": named_goals(t, rec, goals)}
        for verdict, goals in groups.items()
        if verdict != "action_needed" or not led_to.plan
    ]
    return "; ".join(parts)


def _one_verdict(t: Texts, rec: Recommendation, verdict: Verdict, plan: tuple[str, ...]) -> str:
    planned = _plan_in_words(t, rec, plan)
    if verdict == "automatic":
        return t("nothing to file, it counts by itself")
    if verdict == "action_needed" and plan:
        return planned
    if verdict == "no_route":
        return t("no association counts")
    if verdict == "unclear" and plan:
        return t("unclear, worth trying: %(associations)s") % {
            "associations": t.listing([_name(t, rec, one) for one in plan])
        }
    if plan:
        return f"{verdict_word(t, verdict)}; {planned}"
    if verdict == "depends":
        return t("other answers decide")
    return verdict_word(t, verdict)


def _plan_in_words(t: Texts, rec: Recommendation, plan: tuple[str, ...]) -> str:
    if not plan:
        return ""
    return t("%(counted)s (%(associations)s)") % {
        "counted": t.plural("%(count)d action", "%(count)d actions", len(plan)),
        "associations": t.listing([_name(t, rec, one) for one in plan]),
    }


@dataclass(frozen=True, slots=True)
class Branch:
    """Choices that lead to the same result."""

    choices: str
    result: str


def branches(t: Texts, rec: Recommendation, question: OpenQuestion) -> tuple[Branch, ...]:
    """What each answer to an open question leads to, equal results told once."""
    alike: dict[str, list[str]] = {}
    for led_to in question.outcomes:
        said = alike.setdefault(outcome(t, rec, led_to), [])
        said.extend(t(one.for_us) for one in led_to.said)
    return tuple(
        Branch(choices=t.listing(said, joined_by="or"), result=result)
        for result, said in alike.items()
    )


def decides(t: Texts, rec: Recommendation, question: OpenQuestion) -> str:
    """What the answer to an open question decides, in sentences."""
    return _sentences(
        *(
            t("%(choices)s: %(result)s.") % {"choices": one.choices, "result": one.result}
            for one in branches(t, rec, question)
        )
    )


def asked_about(t: Texts, rec: Recommendation, question: OpenQuestion, audience: Audience) -> str:
    """The question to put, with the product it is about where it is put per product."""
    ask = t(said_to(question.ask, audience))
    if not question.product:
        return ask
    return t("%(product)s: %(question)s") % {
        "product": _name(t, rec, question.product),
        "question": ask,
    }


def change(t: Texts, rec: Recommendation, changed: Change) -> str:
    """One answer changed and the result then: "If you bought in CSP: nothing to file."."""
    values = {
        "condition": t(changed.condition.for_us),
        "result": outcome(t, rec, changed.outcome),
    }
    if not changed.product:
        return t("If %(condition)s: %(result)s.") % values
    return t("%(product)s: if %(condition)s: %(result)s.") % {
        **values,
        "product": _name(t, rec, changed.product),
    }


def alternative(t: Texts, rec: Recommendation, other: Alternative) -> str:
    """Another way to cover the same goals, and how it differs from the plan."""
    names = t.listing([_name(t, rec, one) for one in other.associations])
    return t("%(associations)s would do instead: %(difference)s.") % {
        "associations": names,
        "difference": difference(t, other),
    }


def difference(t: Texts, other: Alternative) -> str:
    """How another set of associations compares with the plan: "1 action fewer, more effort"."""
    return t("%(actions)s, %(effort)s") % {
        "actions": _difference_in_actions(t, other.extra_actions),
        "effort": _difference_in_effort(t, other.extra_effort),
    }


def _difference_in_actions(t: Texts, extra: int) -> str:
    if extra > 0:
        return t.plural("%(count)d action more", "%(count)d actions more", extra)
    if extra < 0:
        return t.plural("%(count)d action fewer", "%(count)d actions fewer", -extra)
    return t("as many actions")


def _difference_in_effort(t: Texts, extra: int) -> str:
    if extra > 0:
        return t("more effort")
    if extra < 0:
        return t("less effort")
    return t("about the same effort")


# --- Details of an action --------------------------------------------------------------------


def condition(t: Texts, taken: Sequence[Answered]) -> str:
    """What was taken as usual for an action worth trying; empty without a condition."""
    if not taken:
        return ""
    return t("Worth doing if this is so: %(said)s.") % {
        "said": "; ".join(f"{t(one.title)}: {answer(t, one)}" for one in taken)
    }


def holds_up(t: Texts, rec: Recommendation, preparation: Preparation) -> str:
    """What cannot be filed before this is done; empty if everything can."""
    if not preparation.holds_up:
        return ""
    return t("Cannot be filed before: %(associations)s.") % {
        "associations": t.listing([_name(t, rec, one) for one in preparation.holds_up])
    }


def stage_days(t: Texts, stage: PlannedStage) -> str:
    """How long a stage takes: "up to 14 working days", "by the 20th of the month".

    "" where no figure is known: the title says all there is.
    """
    # "0 to 5 working days" says no more than "up to 5".
    least, most = stage.working_days_min or None, stage.working_days_max
    parts = []
    if most == 0:
        parts.append(t("at once"))
    elif least is not None and most is not None and least < most:
        parts.append(
            t("%(least)s to %(most)s working days")
            % {"least": t.number(least), "most": t.number(most)}
        )
    elif least is not None and most is None:
        parts.append(
            t.plural("at least %(count)d working day", "at least %(count)d working days", least)
        )
    elif most is not None and least is None:
        parts.append(t.plural("up to %(count)d working day", "up to %(count)d working days", most))
    elif most is not None:
        parts.append(t.plural("%(count)d working day", "%(count)d working days", most))
    if stage.until_day_of_month is not None:
        parts.append(_by_day_of_month(t, stage.until_day_of_month))
    return ", ".join(parts)


def _by_day_of_month(t: Texts, day: int) -> str:
    # Four texts, since English writes 1st, 2nd and 3rd apart and no other language does.
    texts = {
        1: t("by the %(day)dst of the month"),
        2: t("by the %(day)dnd of the month"),
        3: t("by the %(day)drd of the month"),
    }
    last_digit = 0 if day in (11, 12, 13) else day % 10
    return texts.get(last_digit, t("by the %(day)dth of the month")) % {"day": day}


def weight_word(t: Texts, weight: Weight) -> str:
    """How firmly a source says it: stated, inferred or disputed."""
    return t(_WEIGHT_WORDS[weight])


def citation(t: Texts, cited: Cited) -> str:
    """Where a statement stands: title, publisher, passage, day of the text, weight."""
    return t("%(title)s (%(publisher)s), %(passage)s, %(date)s, %(weight)s") % {
        "title": cited.title,
        "publisher": cited.publisher,
        "passage": cited.passage.rstrip("."),
        "date": _dated(t, cited),
        "weight": weight_word(t, cited.weight),
    }


def source_line(t: Texts, cited: Cited, *, with_note: bool = True) -> str:
    """A citation without its passage, for a list where room is short."""
    return t("%(title)s, %(publisher)s, %(date)s, %(weight)s") % {
        "title": cited.title,
        "publisher": cited.publisher,
        "date": _dated(t, cited) if with_note else t.date(cited.dated),
        "weight": weight_word(t, cited.weight),
    }


def _dated(t: Texts, cited: Cited) -> str:
    if not cited.date_note:
        return t.date(cited.dated)
    return f"{t.date(cited.dated)} ({t(cited.date_note)})"


def sources(rec: Recommendation) -> tuple[Cited, ...]:
    """Every source the result rests on, once, in the order it is first needed."""
    reasons = [
        *(reason for action in (*rec.plan, *rec.in_place) for reason in action.reasons),
        *(reason for goal in rec.goals for reason in goal.reasons),
        *(one.reason for one in rec.preparations),
        *(reason for goal in rec.goals for found in goal.findings for reason in found.reasons),
    ]
    cites = [
        *(cited for action in (*rec.plan, *rec.in_place) for cited in action.cites),
        *(cited for reason in reasons for cited in reason.cites),
        *(cited for caution in rec.cautions for cited in caution.cites),
    ]
    first: dict[str, Cited] = {}
    for cited in cites:
        first.setdefault(cited.source, cited)
    return tuple(first.values())


def review_due(t: Texts, cited: Cited) -> str:
    """Says that a source used here was to be looked at again by now."""
    return t("Due for another look: %(source)s.") % {"source": source_line(t, cited)}


def rules_line(t: Texts, rec: Recommendation) -> str:
    """Which rules, checked when: "Rules 2026.11, checked 3 Nov 2026"."""
    return t("Rules %(version)s, checked %(date)s") % {
        "version": rec.rulebook.version,
        "date": t.date(rec.rulebook.checked_on),
    }


# --- To the customer -------------------------------------------------------------------------


def request(t: Texts, rec: Recommendation) -> str:
    """What the customer is asked for, in one line."""
    if rec.plan:
        return t.plural(
            "What we ask of you: %(count)d step",
            "What we ask of you: %(count)d steps",
            len(rec.plan),
        )
    if rec.preparations:
        return t("First things first")
    if rec.open_questions or not rec.goals:
        return t("What we would like to know from you")
    if any(goal.verdict == "automatic" for goal in rec.goals):
        return t("Nothing is asked of you")
    return t("Nothing to do at present")


def request_detail(t: Texts, rec: Recommendation) -> str:
    """A sentence under `request`; empty where the page itself says it."""
    if rec.plan or rec.preparations or rec.open_questions or not rec.goals:
        return ""
    if any(goal.verdict == "automatic" for goal in rec.goals):
        return t("Microsoft knows already that we work with you on this. No step is open.")
    return t("There is no step that you or we could take with Microsoft at the moment.")
