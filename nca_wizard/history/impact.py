"""Which customers of the history would read differently with other rules.

The newest evaluation of each case is held against what the new rules say today to the same
answers: the verdict of every goal, and which associations the plan has. Other words are no
difference. Nothing is stored.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nca_wizard.history.folding import fold
from nca_wizard.history.outlines import Outline
from nca_wizard.history.store import History
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.interview import known_answers
from nca_wizard.rules.judging import judge
from nca_wizard.rules.model.answers import Answers, Certainty, Verdict
from nca_wizard.rules.model.book import Rulebook

GoalKey = tuple[str, str]
"""(product, metric)"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said to one set of answers: verdicts and plan, without the words."""

    verdicts: Mapping[GoalKey, Verdict]
    plan: tuple[tuple[str, Certainty], ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """A customer who would read differently: what the history says, and what would be said."""

    outline: Outline
    reading: Reading
    by_rules: bool
    """False where the old rules, too, would say today what the new ones say."""
    forgotten: tuple[str, ...]
    """Questions whose answers the new rules do not know."""

    @property
    def goals(self) -> tuple[tuple[GoalKey, Verdict | None, Verdict | None], ...]:
        """Each goal with another verdict: what it was and becomes, None where it is no goal."""
        old, new = self.outline.verdicts, self.reading.verdicts
        return tuple(
            (goal, old.get(goal), new.get(goal))
            for goal in dict.fromkeys((*old, *new))
            if old.get(goal) != new.get(goal)
        )

    @property
    def plan_changes(self) -> bool:
        return self.outline.plan != self.reading.plan


class Judge:
    """Says to many sets of answers what the rules say on one day."""

    def __init__(self, rulebook: Rulebook, day: date) -> None:
        self._rulebook = rulebook
        self._goals = Goals(rulebook, day)

    def read(self, answers: Answers) -> tuple[Reading, tuple[str, ...]]:
        """Verdicts and plan, and the questions whose answers these rules do not know."""
        known, forgotten = known_answers(self._rulebook, answers)
        judgement = judge(self._goals, known)
        reading = Reading(
            verdicts={(state.product, state.metric): state.verdict for state in judgement.states},
            plan=tuple((one.association, one.certainty) for one in judgement.plan.actions),
        )
        return reading, forgotten


def impacts(
    history: History,
    old: Rulebook,
    new: Rulebook,
    today: date,
    looked_at: Callable[[int], bool] = lambda _cases: True,
) -> Iterator[Impact]:
    """Every case that would read differently, in no order (see `by_name`).

    `looked_at` is told after each case how many there were; when it says no, nothing more comes.
    Raises DamagedHistory.
    """
    before, after = Judge(old, today), Judge(new, today)
    for number, outline in enumerate(history.outlines.newest(), start=1):
        reading, forgotten = after.read(outline.answers)
        if reading != Reading(outline.verdicts, outline.plan):
            by_rules = reading != before.read(outline.answers)[0]
            yield Impact(outline, reading, by_rules, forgotten)
        if not looked_at(number):
            return


def by_name(impact: Impact) -> tuple[str, int]:
    """The order to show them in: by customer, whatever the accents, the newest first."""
    return fold(impact.outline.customer_name), -impact.outline.id
