"""The answer in one line, and what it leaves out in a second."""

from collections.abc import Iterable, Sequence

from nca_wizard.report.wording.changes import would_change
from nca_wizard.report.wording.names import (
    association_ids,
    name,
    named_goals,
    sentences,
    verdict_word,
)
from nca_wizard.report.wording.outcomes import alternative
from nca_wizard.report.wording.questions import asked_about
from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.results import Action, Goal, Recommendation
from nca_wizard.texts import N_, Texts

_CLAIMS = frozenset({"cpor_osa", "cpor_osu", "cpor_revrec"})

_NOTHING_AUTOMATIC = {
    "enterprise_agreement": N_("Nothing is automatic on an Enterprise Agreement."),
    "web_direct": N_("Nothing is automatic when the customer buys from Microsoft's website."),
    "mca_enterprise": N_("Nothing is automatic on a Microsoft Customer Agreement."),
    "other_volume_licensing": N_("Nothing is automatic on a volume licence."),
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
        return sentences(_to_do(t, _sure(rec)), _nothing_automatic(t, rec))
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
    return sentences(*_rest(t, rec), _next_best(t, rec))


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
    names = [name(t, rec, one) for one in association_ids(rec) if one in held]
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
        return sentences(to_do, t("The customer does not count yet."), first)
    waiting = [goal for goal in rec.goals if goal.verdict == "not_yet"]
    if all(_associations_in_place(goal) for goal in waiting):
        return sentences(t("The association is in place, but does not count yet."), first)
    return sentences(t("The customer does not count yet."), first)


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
    told = []
    for verdict, sentence in _REST.items():
        goals = [goal for goal in rec.goals if goal.verdict == verdict]
        if goals and verdict not in done:
            told.append(t(sentence) % {"goals": named_goals(t, rec, goals)})
    return told


def _next_best(t: Texts, rec: Recommendation) -> str:
    if rec.open_questions:
        return _ask_first(t, rec)
    if rec.alternatives and rec.plan:
        return alternative(t, rec, rec.alternatives[0])
    changes = [one for one in would_change(t, rec) if not one.is_fact]
    nothing_works = not rec.plan and not rec.in_place
    offered = [one for one in changes if one.in_hand] or (changes if nothing_works else ())
    return offered[0].text if offered else ""


def _ask_first(t: Texts, rec: Recommendation) -> str:
    if not rec.open_questions:
        return ""
    question = asked_about(t, rec, rec.open_questions[0], "us")
    return t("Find out first: %(question)s") % {"question": question}
