"""Two or three evaluations beside each other, row by row, and why two of them differ.

    compared(t, (a, b))             the rows, each cell marked where it differs from the first
    compared(t, (a, b), again)      the same, and each row of the result says because of what
    why_they_differ(t, (a, b), again)

`again` is what the rules of `b` say, on its day, to the answers of `a`: what differs between `a`
and `again` is the rules' doing, and what differs between `again` and `b` the customer's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nca_wizard.report import wording
from nca_wizard.rules.explanation import RANK
from nca_wizard.rules.model.answers import UNKNOWN
from nca_wizard.rules.model.reasons import Reason
from nca_wizard.rules.model.results import Answered, Goal, Recommendation
from nca_wizard.texts import N_, Texts

Mark = Literal["", "+", "-", "~"]
"""Against the first: nothing else, more or better, less or worse, otherwise."""
Because = Literal["", "customer", "rules", "both"]

MARKS: Mapping[Mark, str] = {"": "", "+": "+", "-": "−", "~": "~"}
"""As they are shown: a hyphen is too short to be seen."""
WHAT_THE_MARKS_SAY = N_(
    "+ is more or better than in the first column, − less or worse, ~ otherwise."
)

_NOTHING = "–"
_WORST = max(RANK.values())


@dataclass(frozen=True, slots=True)
class Side:
    """One evaluation, and whose it is."""

    customer: str
    rec: Recommendation


@dataclass(frozen=True, slots=True)
class Entry:
    """What one side says, and how that stands to the first."""

    text: str
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    entries: tuple[Entry, ...]
    because: Because = ""

    @property
    def differs(self) -> bool:
        return any(entry.mark for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why two evaluations differ: a sentence, and what it sums up."""

    sentence: str
    details: tuple[str, ...] = ()


def compared(
    t: Texts, sides: Sequence[Side], again: Recommendation | None = None
) -> tuple[Section, ...]:
    """Everything the sides say, in the same rows: answers, result, associations, open questions.

    Raises ValueError for `again` with any but two sides.
    """
    recs = [side.rec for side in sides]
    if again is not None and len(recs) != 2:
        raise ValueError("only two can be told apart by their rules")
    between = [again] if again is not None else []
    told = (
        (t("Answers"), _rows(t, recs, [], _answers)),
        (t("Result"), _rows(t, recs, between, _verdicts)),
        (t("Associations"), _rows(t, recs, between, _associations)),
        (t("To find out"), _rows(t, recs, between, _open_questions)),
    )
    return tuple(Section(title, rows) for title, rows in told if rows)


def why_they_differ(
    t: Texts, sides: tuple[Side, Side], again: Recommendation | None
) -> tuple[Why, ...]:
    """What the customer and what the rules have to do with it; nothing where both say the same.

    `again` is None where the rules of the second are no longer at hand, or refuse the answers.
    """
    first, second = sides
    answers = _other_answers(t, first.rec, second.rec)
    same = _results(t, first.rec) == _results(t, second.rec)
    if not answers and same:
        return ()
    found = [_of_the_customer(t, first, second, answers)] if answers else []
    if again is not None:
        return (*found, *_of_the_rules(t, first.rec, again), *([_no_effect(t)] if same else ()))
    if not same and _rules_of(first.rec) != _rules_of(second.rec):
        found.append(
            Why(
                t(
                    "The rules are not the same either. What is due to them cannot be told: rules "
                    "%(version)s are not on this computer, or do not take these answers."
                )
                % {"version": second.rec.rulebook.version}
            )
        )
    return tuple(found)


def word_for(t: Texts, because: Because) -> str:
    """Because of what a row differs, in a word or two."""
    return {
        "": "",
        "customer": t("the answers"),
        "rules": t("the rules"),
        "both": t("answers and rules"),
    }[because]


# --- Rows -----------------------------------------------------------------------------------

Told = Mapping[str, tuple[str, object]]
"""What one recommendation says: row -> its words, and what the mark goes by."""


def _rows(
    t: Texts,
    recs: Sequence[Recommendation],
    between: Sequence[Recommendation],
    tell: Callable[[Texts, Recommendation], Told],
) -> tuple[Row, ...]:
    told = [tell(t, rec) for rec in recs]
    names = dict.fromkeys(name for one in told for name in one)
    return tuple(
        Row(
            name,
            tuple(
                Entry(
                    one[name][0] if name in one else _NOTHING,
                    _mark(told[0].get(name), one.get(name)),
                )
                for one in told
            ),
            _because(name, told[0], tell(t, between[0]), told[1]) if between else "",
        )
        for name in names
    )


def _mark(first: tuple[str, object] | None, other: tuple[str, object] | None) -> Mark:
    if _same(first, other):
        return ""
    match _value(first), _value(other):
        case int(before), int(now) if before != now:
            return "+" if now > before else "-"
        # What one side has nothing to say about is worth nothing there.
        case (int(worth), _) | (_, int(worth)) if worth and None in (first, other):
            return "+" if (worth > 0) == (first is None) else "-"
        case frozenset() as before, frozenset() as now if before < now:
            return "+"
        case frozenset() as before, frozenset() as now if now < before:
            return "-"
    return "~"


def _same(first: tuple[str, object] | None, other: tuple[str, object] | None) -> bool:
    """Numbers only rank, so that words count as well; answers are the same under other words."""
    if (first is None and other is None) or first == other:
        return True
    value = _value(first)
    return not isinstance(value, int) and value == _value(other)


def _value(told: tuple[str, object] | None) -> object:
    # A question that was not asked is as little known as one that nobody could answer.
    return told[1] if told is not None else UNKNOWN


def _because(name: str, first: Told, again: Told, second: Told) -> Because:
    if first.get(name) == second.get(name):
        return ""
    rules = first.get(name) != again.get(name)
    customer = again.get(name) != second.get(name)
    return "both" if rules and customer else "rules" if rules else "customer"


def _answers(t: Texts, rec: Recommendation) -> Told:
    return {
        t(answered.title): (wording.answer(t, answered), _chosen(rec, answered))
        for answered in rec.said
    }


def _chosen(rec: Recommendation, answered: Answered) -> object:
    """What was answered, whatever it is called: more choices are more, another is otherwise."""
    answer = rec.answers.get(answered.question, UNKNOWN)
    if answer in (UNKNOWN, (UNKNOWN,)):
        return UNKNOWN
    if isinstance(answer, str):
        return answer
    return frozenset(answer.items() if isinstance(answer, Mapping) else answer)


def _verdicts(t: Texts, rec: Recommendation) -> Told:
    return {
        t("%(product)s, %(metric)s")
        % {
            "product": wording.name(t, rec, goal.product),
            "metric": wording.name(t, rec, goal.metric),
        }: (wording.verdict_word(t, goal.verdict), _WORST - RANK[goal.verdict])
        for goal in rec.goals
    }


def _associations(t: Texts, rec: Recommendation) -> Told:
    """Each association with what holds for it, goals that read alike named together."""
    told: dict[str, tuple[str, object]] = {}
    for association in wording.association_ids(rec):
        alike: dict[tuple[str, bool], list[Goal]] = {}
        for goal in rec.goals:
            finding = next(one for one in goal.findings if one.association == association)
            cell = wording.cell(t, rec, goal, finding)
            alike.setdefault((cell.word, cell.in_use), []).append(goal)
        words = [
            word
            if len(alike) == 1
            else t("%(what)s: %(about)s")
            % {"what": word, "about": wording.named_goals(t, rec, goals)}
            for (word, _), goals in alike.items()
        ]
        in_use = sum(len(goals) for (_, used), goals in alike.items() if used)
        told[wording.name(t, rec, association)] = ("\n".join(words), in_use)
    return told


def _open_questions(t: Texts, rec: Recommendation) -> Told:
    if not rec.open_questions:
        return {}
    asked = [wording.asked_about(t, rec, one, "us") for one in rec.open_questions]
    # Less to find out is better.
    return {t("Questions"): (" ".join(dict.fromkeys(asked)), -len(asked))}


# --- Why ------------------------------------------------------------------------------------


def _other_answers(t: Texts, first: Recommendation, second: Recommendation) -> list[str]:
    """The questions that both were asked and answered otherwise; what is asked follows from it."""
    before, now = _answers(t, first), _answers(t, second)
    return [name for name in before if name in now and not _same(before[name], now[name])]


def _of_the_customer(t: Texts, first: Side, second: Side, answers: Sequence[str]) -> Why:
    sentence = (
        t("The customer changed: %(answers)s.")
        if first.customer == second.customer
        else t("The customers differ in: %(answers)s.")
    )
    return Why(sentence % {"answers": ", ".join(answers)})


def _of_the_rules(t: Texts, first: Recommendation, again: Recommendation) -> Iterator[Why]:
    if _rules_of(first) == _rules_of(again):
        return
    values = {
        "old": first.rulebook.version,
        "new": again.rulebook.version,
        "before": t.date(first.rulebook.as_of),
        "now": t.date(again.rulebook.as_of),
    }
    newer_book = first.rulebook.hash != again.rulebook.hash
    if _results(t, first) == _results(t, again):
        yield Why(
            t("Rules %(new)s say the same as rules %(old)s to the first answers.") % values
            if newer_book
            else t("The rules of %(now)s say the same as those of %(before)s.") % values
        )
        return
    yield Why(
        t("The rules changed, from %(old)s (%(before)s) to %(new)s (%(now)s).") % values
        if newer_book
        else t("Other rules stand on %(now)s than on %(before)s.") % values,
        tuple(_changed_rules(t, first, again)),
    )


def _no_effect(t: Texts) -> Why:
    return Why(t("The result is the same."))


def _rules_of(rec: Recommendation) -> tuple[str, object]:
    return rec.rulebook.hash, rec.rulebook.as_of


def _results(t: Texts, rec: Recommendation) -> tuple[Told, Told]:
    return _verdicts(t, rec), _associations(t, rec)


def _changed_rules(t: Texts, first: Recommendation, again: Recommendation) -> Iterator[str]:
    """The rules that say it before or now and not both times, where what they say differs."""
    before, now = _reasons(first), _reasons(again)
    told: dict[str, str] = {}
    for place in before.keys() & now.keys():
        (said, reasons), (says, others) = before[place], now[place]
        if said == says:
            continue
        old, new = ({one.rule: one for one in some} for some in (reasons, others))
        for rule in new.keys() - old.keys():
            told[rule] = t("Now: %(text)s") % {"text": t(new[rule].text.for_us)}
        for rule in old.keys() - new.keys():
            told.setdefault(rule, t("Before: %(text)s") % {"text": t(old[rule].text.for_us)})
    for rule, text in sorted(told.items()):
        yield t("%(text)s (rule %(rule)s)") % {"text": text, "rule": rule}


def _reasons(
    rec: Recommendation,
) -> dict[tuple[str, str, str], tuple[object, tuple[Reason, ...]]]:
    """(product, metric, association) -> what is said and why; "" for the goal itself."""
    found: dict[tuple[str, str, str], tuple[object, tuple[Reason, ...]]] = {}
    for goal in rec.goals:
        found[goal.product, goal.metric, ""] = (goal.verdict, goal.reasons)
        for finding in goal.findings:
            key = (goal.product, goal.metric, finding.association)
            found[key] = ((finding.counts, finding.access), finding.reasons)
    return found
