"""The verdicts of many scenarios at once, at about a microsecond for each.

    answers = {"products": [("sales",), ...], "metrics": [...], "channel": [...], ...}
    for verdicts in verdicts_of(goals, answers): ...

The scenarios come by question, as a sheet has its columns: one list of answers for each, all of
one length. A question that no row answers may be left out. Rows in which something is not known,
or differs by product, are right as well and take as long as alone.
"""

from collections.abc import Iterator, Mapping, Sequence

from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.judging import goals_of, result_of
from nca_wizard.rules.lookup import GoalKey
from nca_wizard.rules.model.answers import UNKNOWN, Answer, Verdict
from nca_wizard.rules.model.book import Rulebook

_AT_A_TIME = 1_000
"""Rows that go through all steps together, so few that they stay in the processor's cache."""


def verdicts_of(
    goals: Goals, answers: Mapping[str, Sequence[Answer]]
) -> Iterator[tuple[Verdict, ...]]:
    """Each row's verdicts, in the order of its goals.

    Raises:
        ValueError: if the lists are not of one length.
    """
    lengths = {len(column) for column in answers.values()}
    if len(lengths) > 1:
        raise ValueError(f"lists of answers of different lengths: {sorted(lengths)}")
    wanted = _Wanted(goals.rulebook)
    for begin in range(0, max(lengths, default=0), _AT_A_TIME):
        some = {q: column[begin : begin + _AT_A_TIME] for q, column in answers.items()}
        yield from _verdicts(goals, some, wanted)


def _verdicts(
    goals: Goals, answers: Mapping[str, Sequence[Answer]], wanted: "_Wanted"
) -> Iterator[tuple[Verdict, ...]]:
    verdict = goals.lookup.verdict
    count = len(next(iter(answers.values())))
    unknown = (UNKNOWN,) * count
    of_each = zip(answers.get("products", unknown), answers.get("metrics", unknown), strict=True)
    for row, (said, asked) in enumerate(
        zip(goals.lookup.said_of_each(answers, count), of_each, strict=True)
    ):
        if said is None:
            yield result_of(goals, {q: column[row] for q, column in answers.items()}).verdicts
        else:
            yield tuple([verdict(said, product, metric) for product, metric in wanted[asked]])


class _Wanted(dict[tuple[Answer, Answer], Sequence[GoalKey]]):
    """(products, metrics) as answered -> the goals, in order."""

    def __init__(self, rulebook: Rulebook) -> None:
        super().__init__()
        self._rulebook = rulebook

    def __missing__(self, asked: tuple[Answer, Answer]) -> Sequence[GoalKey]:
        products, metrics = goals_of(
            self._rulebook, dict(zip(("products", "metrics"), asked, strict=True))
        )
        found = self[asked] = [(product, metric) for product in products for metric in metrics]
        return found
