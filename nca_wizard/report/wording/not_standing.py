"""Rules that do not stand here, and why: what else would open a way, and the whole list.

Near misses fail on one answer only. The rest is for who wants to know exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nca_wizard.report.wording.names import name, named_pairs, quoted, sentences
from nca_wizard.rules.lookup import GoalKey
from nca_wizard.rules.model.reasons import (
    CannotOccur,
    Failed,
    FailedAnswer,
    ForOthers,
    NotInForce,
    Overridden,
    WhyNot,
)
from nca_wizard.rules.model.results import Finding, Goal, Recommendation
from nca_wizard.texts import N_, Texts

_Reply: TypeAlias = tuple[bool, str]
"""With it or without it, and the reply in words."""

_BEST_FIRST = ("automatic", "open", "unclear")
_COULD = {
    "automatic": N_("could be automatic"),
    "open": N_("could be had"),
    "unclear": N_("unclear"),
}


@dataclass(frozen=True, slots=True)
class NearMisses:
    """Other replies to one question with which more would be possible than is now."""

    question: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotStanding:
    """A rule that does not stand: what it would say, and why it does not."""

    text: str
    why: str
    goals: str
    """Empty when it is so for all of them."""
    failed: int
    """How many answers it fails on."""


def near_misses(t: Texts, rec: Recommendation, association: str) -> tuple[NearMisses, ...]:
    """Which one answer, if it were another, could open what is closed here or settle it."""
    found: dict[str, dict[_Reply, dict[GoalKey, set[str]]]] = {}
    for goal, finding in _findings(rec, association):
        if goal.verdict == "not_measured" or finding.counts == "no":
            continue
        if finding.access not in {"closed", "unclear"}:
            continue
        for one in (rec.why_not[place] for place in finding.why_not):
            if isinstance(one, Failed) and len(one.failed) == 1 and _better(one, finding):
                (failed,) = one.failed
                for reply, said in zip(_replies(t, rec, failed), _at_best(one), strict=True):
                    if said in ("closed", finding.access):
                        continue
                    goals = found.setdefault(failed.question, {}).setdefault(reply, {})
                    goals.setdefault((goal.product, goal.metric), set()).add(said)
    return tuple(
        NearMisses(question=question, lines=tuple(_near_lines(t, rec, replies)))
        for question, replies in found.items()
    )


def not_standing(t: Texts, rec: Recommendation, association: str) -> tuple[NotStanding, ...]:
    """Every rule for this association that does not stand, those nearest to it first."""
    goals_of: dict[int, list[GoalKey]] = {}
    for goal, finding in _findings(rec, association):
        for place in finding.why_not:
            goals_of.setdefault(place, []).append((goal.product, goal.metric))
    goals_alike: dict[tuple[str, str, int], list[GoalKey]] = {}
    nearest_first = sorted(goals_of, key=lambda place: _how_far(rec.why_not[place]))
    for place in nearest_first:
        one = rec.why_not[place]
        text = t(rec.rule_texts[one.rule].for_us)
        alike = (text, why_not_standing(t, rec, one), _failed_on(one))
        goals_alike.setdefault(alike, []).extend(goals_of[place])
    return tuple(
        NotStanding(text=text, why=why, goals=_said_of(t, rec, goals), failed=failed)
        for (text, why, failed), goals in goals_alike.items()
    )


def listed_otherwise(t: Texts, rec: Recommendation) -> tuple[NotStanding, ...]:
    """What the lists of other days say of the goals, where that is something else."""
    goals_of: dict[int, list[GoalKey]] = {}
    for goal in rec.goals:
        for place in goal.why_not:
            goals_of.setdefault(place, []).append((goal.product, goal.metric))
    return tuple(
        NotStanding(
            text=t(rec.rule_texts[rec.why_not[place].rule].for_us),
            why=why_not_standing(t, rec, rec.why_not[place]),
            goals=_said_of(t, rec, goals),
            failed=0,
        )
        for place, goals in goals_of.items()
    )


def why_not_standing(t: Texts, rec: Recommendation, one: WhyNot) -> str:
    """Why this rule does not stand, in sentences."""
    match one:
        case Failed():
            return _does_not_apply(t, rec, one.failed)
        case Overridden():
            texts = list(dict.fromkeys(t(rec.rule_texts[rule].for_us) for rule in one.by))
            return t("Gives way to: %(rules)s") % {"rules": " ".join(texts)}
        case NotInForce():
            return sentences(_of_another_day(t, one), _does_not_apply(t, rec, one.failed))
        case ForOthers():
            return _does_not_apply_because(t, _for_others(t, rec, one))
        case CannotOccur():
            return t("It is for answers that cannot occur together.")


def _findings(rec: Recommendation, association: str) -> Iterable[tuple[Goal, Finding]]:
    for goal in rec.goals:
        for finding in goal.findings:
            if finding.association == association:
                yield goal, finding


def _better(one: Failed, finding: Finding) -> bool:
    """Whether it would say more than holds now. What is in place already, nobody brings about."""
    if one.would_say == "automatic":
        return finding.association == "csp"
    return one.would_say == "open" or (one.would_say == "unclear" and finding.access == "closed")


def _at_best(one: Failed) -> Sequence[str]:
    """What could be with each reply. An older version stored only what the rule itself says."""
    return one.at_best or (one.would_say,) * len(one.failed[0].wanted)


def _replies(t: Texts, rec: Recommendation, failed: FailedAnswer) -> list[_Reply]:
    """The replies it would stand with, or the one it would stand without."""
    choices = (failed.choice,) if failed.choice else failed.wanted
    chosen = bool(failed.choice) and failed.given == "yes"
    return [(not chosen, _reply(t, rec, failed, choice)) for choice in choices]


def _near_lines(
    t: Texts, rec: Recommendation, replies: Mapping[_Reply, Mapping[GoalKey, set[str]]]
) -> Iterable[str]:
    together: dict[tuple[bool, str, tuple[GoalKey, ...]], list[str]] = {}
    for (with_it, reply), would_say in replies.items():
        for best in _BEST_FIRST:
            goals = tuple(goal for goal, said in would_say.items() if _best(said) == best)
            if goals:
                together.setdefault((with_it, best, goals), []).append(reply)
    for (with_it, best, goals), some in together.items():
        values = {
            "goals": _said_of(t, rec, goals),
            "replies": t.listing(some, joined_by="or"),
            "what": t(_COULD[best]),
        }
        if values["goals"]:
            yield (
                t("%(goals)s, with %(replies)s: %(what)s.")
                if with_it
                else t("%(goals)s, without %(replies)s: %(what)s.")
            ) % values
        else:
            yield (
                t("With %(replies)s: %(what)s.") if with_it else t("Without %(replies)s: %(what)s.")
            ) % values


def _best(said: set[str]) -> str:
    return next(one for one in _BEST_FIRST if one in said)


def _does_not_apply(t: Texts, rec: Recommendation, failed: Sequence[FailedAnswer]) -> str:
    if not failed:
        return ""
    return _does_not_apply_because(t, [_failure(t, rec, one) for one in failed])


def _does_not_apply_because(t: Texts, reasons: Iterable[str]) -> str:
    return t("Does not apply: %(reasons)s.") % {"reasons": "; ".join(reasons)}


def _for_others(t: Texts, rec: Recommendation, one: ForOthers) -> Iterable[str]:
    for mine, others in ((one.family, one.families), (one.metric, one.metrics)):
        if others:
            yield t("it is for %(wanted)s, this is %(given)s") % {
                "wanted": t.listing([name(t, rec, other) for other in others]),
                "given": name(t, rec, mine),
            }


def _failure(t: Texts, rec: Recommendation, failed: FailedAnswer) -> str:
    if not failed.choice:
        return t("you answered %(given)s, it is for %(wanted)s") % {
            "given": _reply(t, rec, failed, failed.given),
            "wanted": t.listing(
                [_reply(t, rec, failed, one) for one in failed.wanted], joined_by="or"
            ),
        }
    reply = {"reply": _reply(t, rec, failed, failed.choice)}
    if failed.given == "yes":
        return t("it is for cases without %(reply)s") % reply
    return t("it is for cases with %(reply)s") % reply


def _reply(t: Texts, rec: Recommendation, failed: FailedAnswer, choice: str) -> str:
    return quoted(t, t(rec.asked[failed.question].choices[choice].for_us))


def _of_another_day(t: Texts, one: NotInForce) -> str:
    if one.first_day:
        return t("Only from %(date)s.") % {"date": t.date(one.first_day)}
    if one.last_day:
        return t("Only until %(date)s.") % {"date": t.date(one.last_day)}
    return t("Not on this day.")


def _failed_on(one: WhyNot) -> int:
    if isinstance(one, ForOthers):
        return bool(one.families) + bool(one.metrics)
    return len(one.failed) if isinstance(one, Failed | NotInForce) else 0


def _how_far(one: WhyNot) -> tuple[bool, bool, bool, int]:
    """Near misses first; what was so once, and what is for others, after what may still be."""
    past = isinstance(one, NotInForce) and one.first_day is None
    return _failed_on(one) > 1, isinstance(one, ForOthers), past, _failed_on(one)


def _said_of(t: Texts, rec: Recommendation, goals: Sequence[GoalKey]) -> str:
    """These goals in words; empty if it is all of them."""
    distinct = list(dict.fromkeys(goals))
    return "" if len(distinct) == len(rec.goals) else named_pairs(t, rec, distinct)
