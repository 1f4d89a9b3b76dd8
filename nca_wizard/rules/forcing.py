"""What mattered: the smallest sets of answers that alone force a verdict."""

from itertools import combinations

from nca_wizard.rules.axes import put_as
from nca_wizard.rules.evaluation import GoalState
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.verdict_space import Box, WholeSpace


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

    def forces(box: Box) -> bool:
        return verdicts.only(box) is not None

    if not forces(whole.together(known.values())):
        return ()
    # What cannot be spared even with all others is in every set; often it is the only set.
    core = frozenset(
        one
        for one in known
        if not forces(whole.together(box for other, box in known.items() if other != one))
    )
    in_every_set = whole.together(known[question] for question in core)
    others = [question for question in known if question not in core]
    found: list[frozenset[str]] = []
    for size in range(len(others) + 1):
        for added in combinations(others, size):
            candidate = core.union(added)
            if not any(smaller <= candidate for smaller in found):
                boxes = (in_every_set, *(known[question] for question in added))
                if forces(whole.together(boxes)):
                    found.append(candidate)
        if found == [core]:
            break
    return tuple(
        tuple(put_as(answers, question) for question in known if question in questions)
        for questions in found
    )
