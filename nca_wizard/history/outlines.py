"""Evaluations without their words: who, what was answered, which verdicts, which associations."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from nca_wizard.history.database import Database
from nca_wizard.history.drafts import answers_from
from nca_wizard.history.evaluations import NOT_DELETED, document_from
from nca_wizard.history.interning import hash_of_part
from nca_wizard.rules.model.answers import Answers, Certainty, Verdict

_NEWEST = f"""
SELECT id FROM (
    SELECT id, row_number() OVER (
        PARTITION BY case_id ORDER BY evaluated_at DESC, id DESC
    ) AS place FROM evaluations WHERE {NOT_DELETED}
) WHERE place = 1 ORDER BY id DESC
"""  # noqa: S608  conditions are ours
# SQLite takes the two small parts out of the document, which saves reading all of it.
_OUTLINE = """
SELECT id, case_id, customer_name, as_of, evaluated_at, rulebook_version, goals,
    json_array(json_extract(recommendation, '$.answers')) AS answers,
    json_array(json_extract(recommendation, '$.plan')) AS plan
FROM evaluations JOIN documents ON documents.evaluation_id = evaluations.id
WHERE evaluations.id = ?
"""


@dataclass(frozen=True, slots=True)
class Outline:
    """What was asked and what came out of one evaluation, without its words."""

    id: int
    case_id: int
    customer_name: str
    as_of: date
    evaluated_at: datetime
    rulebook_version: str
    answers: Answers
    verdicts: Mapping[tuple[str, str], Verdict]
    """(product, metric) -> the verdict of that goal, in order."""
    plan: tuple[tuple[str, Certainty], ...]
    """The associations to get, in order, and how sure that is."""


class Outlines:
    """The outlines of a history. Any method may raise DamagedHistory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """How many cases have been evaluated and are not deleted."""
        rows = self._database.read(
            f"SELECT count(DISTINCT case_id) AS found FROM evaluations WHERE {NOT_DELETED}"  # noqa: S608  conditions are ours
        )
        return cast("int", rows[0]["found"])

    def newest(self) -> Iterator[Outline]:
        """The newest evaluation of each case, one at a time; what is begun later is left out."""
        for newest in self._database.read(_NEWEST):
            for row in self._database.read(_OUTLINE, newest["id"]):
                answers = document_from(row["answers"], self._database.read)[0]
                plan = self._part(json.loads(row["plan"])[0])
                actions = (self._part(action) for action in plan)
                yield Outline(
                    id=row["id"],
                    case_id=row["case_id"],
                    customer_name=row["customer_name"],
                    as_of=date.fromisoformat(row["as_of"]),
                    evaluated_at=datetime.fromisoformat(row["evaluated_at"]),
                    rulebook_version=row["rulebook_version"],
                    answers=answers_from(answers),
                    verdicts={
                        (product, metric): verdict
                        for product, metric, verdict, *_ in json.loads(row["goals"])
                    },
                    plan=tuple((action["association"], action["certainty"]) for action in actions),
                )

    def _part(self, part: Any) -> Any:
        """A part of a document, wherever it is kept, but not what it is made of."""
        digest = hash_of_part(part)
        if not digest:
            return part
        rows = self._database.read("SELECT text FROM texts WHERE hash = ?", digest)
        return json.loads(rows[0]["text"])
