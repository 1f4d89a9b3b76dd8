"""What mattered: the smallest sets of answers that alone force a verdict."""

from collections.abc import Iterable
from itertools import combinations

from nca_wizard.rules.axes import put_as
from nca_wizard.rules.evaluation import GoalState
from nca_wizard.rules.model import Answers
from nca_wizard.rules.verdict_space import WholeSpace


def forcing_sets(
    whole: WholeSpace, answers: Answers, state: GoalState
) -> tuple[tuple[str, ...], ...]:
    """Every set of questions whose answers force the verdict and none of which can be spared.

    Forced: each completion of all other answers, known ones included, gives the same verdict.
    The questions are named as they were put, the smallest sets come first. Nothing if the verdict
    depends.
    """
    verdicts = whole.verdicts(state.product, state.metric)
    known = whole.known(answers, state.product)

    def forces(questions: Iterable[str]) -> bool:
        box = whole.together(known[question] for question in questions)
        return verdicts.only(box) is not None

    if not forces(known):
        return ()
    # What cannot be spared even with all others is in every set; often it is the only set.
    core = {one for one in known if not forces(other for other in known if other != one)}
    others = [question for question in known if question not in core]
    found: list[frozenset[str]] = []
    for size in range(len(others) + 1):
        for added in combinations(others, size):
            candidate = core.union(added)
            if not any(smaller <= candidate for smaller in found) and forces(candidate):
                found.append(frozenset(candidate))
    return tuple(
        tuple(put_as(answers, question) for question in known if question in questions)
        for questions in found
    )
