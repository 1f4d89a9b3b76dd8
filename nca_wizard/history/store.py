"""What is kept: drafts until they are finished, and evaluations, which are never edited.

    case        a customer as one keeps coming back to it, with an internal note
      evaluation   one frozen recommendation for it, with the customer as it was then
    draft       an interview under way; it may belong to a case

Nothing here asks the clock: times are passed in, aware of their time zone, and come back in UTC.
What else the history can do hangs on it; the docstring of the package lists it.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from nca_wizard.cleaning import clean
from nca_wizard.history.actions import Actions, carry_over
from nca_wizard.history.backups import Backups
from nca_wizard.history.database import DamagedHistory, Database
from nca_wizard.history.drafts import draft_from, write_draft
from nca_wizard.history.evaluations import (
    CASE_NOT_DELETED,
    NOT_DELETED,
    NOT_TAKEN_BACK,
    ROW,
    add_evaluation,
    begin_case,
    evaluation_from,
    named,
    row_from,
    stamp,
    written,
)
from nca_wizard.history.folding import NOTE_BEGINS, fold, search_column
from nca_wizard.history.follow_ups import FollowUps
from nca_wizard.history.matching import matching
from nca_wizard.history.values import Case, Draft, EvaluationRow, StoredEvaluation
from nca_wizard.sentences import Sentence

# Opened to show the first page, which needs none of these yet.
if TYPE_CHECKING:
    from nca_wizard.customer import Customer
    from nca_wizard.history.bin import Bin
    from nca_wizard.history.imports import Imports
    from nca_wizard.history.known import KnownCustomers
    from nca_wizard.history.outlines import Outlines
    from nca_wizard.history.search import Headline, Search
    from nca_wizard.history.transfer import Transfer
    from nca_wizard.rules.model.results import Recommendation

Explain = Callable[["Recommendation"], "Recommendation"]

__all__ = ["DamagedHistory", "Draft", "EvaluationRow", "History", "StoredEvaluation"]


class History:
    """The history of this computer.

    Any method may raise DamagedHistory; those that write raise CannotWrite with a sentence when
    the disk is full, the history is read-only (see `read_only`) or another program is writing.
    Then nothing of that act is stored, and everything stored before is whole.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.explain: Explain = lambda plain: plain
        """Adds to a recommendation that is opened what an import left out."""
        self.actions = Actions(database)
        self.follow_ups = FollowUps(database)
        self.backups = Backups(database.path)

    @classmethod
    def open(cls, path: Path) -> "History":
        """Open the history at `path`, or make it, folder included.

        Where it cannot be written it opens all the same, with `read_only` and a `notice`.
        Raises DamagedHistory, with the last good backup if there is one.
        """
        try:
            return cls(Database.open(path))
        except DamagedHistory as fault:
            backup = Backups(path).last_good()
            if backup is None:
                raise
            raise DamagedHistory(
                Sentence(
                    "%(fault)s A backup of %(moment)s is fine; cases in it: %(cases)d.",
                    fault=fault.sentence,
                    moment=backup.made_at.astimezone(),
                    cases=backup.cases,
                ),
                backup,
            ) from fault

    @cached_property
    def imports(self) -> "Imports":
        from nca_wizard.history.imports import Imports

        return Imports(self._database)

    @cached_property
    def bin(self) -> "Bin":
        from nca_wizard.history.bin import Bin

        return Bin(self._database, self.backups)

    @cached_property
    def outlines(self) -> "Outlines":
        from nca_wizard.history.outlines import Outlines

        return Outlines(self._database)

    @cached_property
    def transfer(self) -> "Transfer":
        from nca_wizard.history.transfer import Transfer

        return Transfer(self._database)

    @property
    def read_only(self) -> bool:
        """Whether every attempt to save will raise CannotWrite."""
        return self._database.read_only

    @property
    def notice(self) -> Sentence | None:
        """Why it is read-only, for the person; None when it is not."""
        return self._database.notice

    def close(self) -> None:
        self._database.close()

    def searching(
        self,
        language: str,
        channels: Mapping[str, str] | None = None,
        headline: "Headline | None" = None,
    ) -> "Search":
        """A search of its own connection, for another thread; whoever asks for it closes it.

        `channels` says what the list calls a channel by its id, `headline` what it says of the
        actions, to be sorted by.
        """
        from nca_wizard.history.search import Search

        return Search(self._database, language, channels, headline)

    def __enter__(self) -> "History":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- Drafts -----------------------------------------------------------------------------

    def save_draft(self, draft: Draft, at: datetime) -> Draft:
        """Store `draft` and return it as stored; it is on the disk when this returns.

        The first save gives it an id. A draft that was finished or discarded meanwhile is
        stored again under its id, which no other draft ever gets. One that another window
        saved meanwhile stays as that window left it: this one becomes a draft of its own.
        """
        with self._database.writing() as connection:
            stored = connection.execute(
                "SELECT saved_at FROM drafts WHERE id = ?", (draft.id,)
            ).fetchone()
            if stored and draft.saved_at and stored["saved_at"] != stamp(draft.saved_at):
                draft = replace(draft, id=None)
            draft_id = write_draft(connection, draft, at)
        return replace(draft, id=draft_id, saved_at=at.astimezone(UTC))

    def drafts(self) -> list[Draft]:
        """All drafts, the one saved last first."""
        rows = self._database.read(
            "SELECT * FROM drafts WHERE deleted_at IS NULL ORDER BY saved_at DESC, id DESC"
        )
        return [draft_from(row) for row in rows]

    def draft(self, draft_id: int) -> Draft:
        """The draft with this id; KeyError if there is none."""
        rows = self._database.read("SELECT * FROM drafts WHERE id = ?", draft_id)
        if not rows:
            raise KeyError(draft_id)
        return draft_from(rows[0])

    def discard_draft(self, draft_id: int) -> None:
        """Remove the draft for good, as when it is empty; one that is not there is no fault."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))

    # --- Evaluations ------------------------------------------------------------------------

    def finish(
        self,
        draft_id: int | None,
        customer: "Customer",
        recommendation: "Recommendation",
        at: datetime,
    ) -> int:
        """Store the evaluation, remove its draft, and return the evaluation's id: all or nothing.

        It joins the case of the draft, or begins a new case. KeyError if there is no such draft;
        None stands for an evaluation that never was a draft.
        """
        with self._database.writing() as connection:
            case_id = None
            if draft_id is not None:
                case_id = _case_of(connection, draft_id)
                connection.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))
            if case_id is None:
                # What was noted before the first result goes on as the note of the case.
                case_id = begin_case(connection, at, note=customer.note)
            # Whoever evaluates a deleted case again wants it back.
            connection.execute("UPDATE cases SET deleted_at = NULL WHERE id = ?", (case_id,))
            evaluation_id = add_evaluation(
                connection, case_id, customer, written(recommendation), at
            )
            carry_over(connection, case_id, evaluation_id)
        return evaluation_id

    def evaluations(self, search: str = "", limit: int | None = None) -> list[EvaluationRow]:
        """The evaluations in which every word of `search` stands, newest first.

        Looks through customer name, domain, note, products and associations; neither case nor
        accents matter, and no sign in `search` has a special meaning.
        """
        return self._rows(*matching(search), limit=limit)

    def evaluations_of(self, case_id: int) -> list[EvaluationRow]:
        """All evaluations of one case, newest first; of a deleted one too."""
        return self._rows("case_id = ?", (case_id,), deleted=True)

    def evaluations_beside(self, case_id: int) -> list[EvaluationRow]:
        """All evaluations of a customer, newest first: of one case, deleted or not, and of every
        other case of that name."""
        return self._rows(
            f"""
            (case_id = ? OR {CASE_NOT_DELETED} AND folded_name IN (
                SELECT folded_name FROM evaluations WHERE case_id = ?
            ))
            """,  # noqa: S608  ours
            (case_id, case_id),
            deleted=True,
        )

    def evaluations_named(self, customer_name: str) -> list[EvaluationRow]:
        """All evaluations of customers of this name, newest first."""
        return self._rows("folded_name = ?", (fold(customer_name),))

    def count(self, search: str = "") -> int:
        """How many evaluations `evaluations(search)` lists."""
        condition, values = matching(search)
        rows = self._database.read(
            f"SELECT count(*) AS found FROM evaluations WHERE {condition} AND {NOT_DELETED}",  # noqa: S608  conditions are ours
            *values,
        )
        return cast("int", rows[0]["found"])

    def has_case(self, case_id: int) -> bool:
        """Whether this case is here and was not deleted."""
        statement = "SELECT 1 FROM cases WHERE id = ? AND deleted_at IS NULL"
        return bool(self._database.read(statement, case_id))

    def has_draft(self, draft_id: int) -> bool:
        """Whether this draft is here and was neither finished nor deleted."""
        statement = "SELECT 1 FROM drafts WHERE id = ? AND deleted_at IS NULL"
        return bool(self._database.read(statement, draft_id))

    def evaluation(self, evaluation_id: int) -> StoredEvaluation:
        """The evaluation with this id, whole; KeyError if there is none."""
        stored = self._stored(evaluation_id)
        return replace(stored, recommendation=self.explain(stored.recommendation))

    def _stored(self, evaluation_id: int) -> StoredEvaluation:
        rows = self._database.read(
            """
            SELECT * FROM evaluations JOIN documents ON documents.evaluation_id = evaluations.id
            WHERE evaluations.id = ?
            """,
            evaluation_id,
        )
        if not rows:
            raise KeyError(evaluation_id)
        try:
            return evaluation_from(rows[0], self._database.read)
        except (ValueError, KeyError) as fault:
            raise self._database.unreadable(
                Sentence(
                    "The evaluation for %(customer)s of %(day)s",
                    customer=rows[0]["customer_name"],
                    day=rows[0]["as_of"],
                )
            ) from fault

    def known_customers(self) -> "KnownCustomers":
        """What the customers that are here go by; reads the line of every evaluation."""
        from nca_wizard.history.known import known_customers

        return known_customers(self._database.read)

    # --- Cases ------------------------------------------------------------------------------

    def case(self, case_id: int) -> Case:
        """The case with this id, deleted or not; KeyError if there is none."""
        rows = self._database.read("SELECT * FROM cases WHERE id = ?", case_id)
        if not rows:
            raise KeyError(case_id)
        newest = self.evaluations_of(case_id)[0]
        deleted_at = rows[0]["deleted_at"]
        return Case(
            id=case_id,
            customer_name=newest.customer_name,
            begun_at=datetime.fromisoformat(rows[0]["begun_at"]),
            note=rows[0]["note"],
            deleted_at=datetime.fromisoformat(deleted_at) if deleted_at else None,
            newest=newest,
        )

    def set_note(self, case_id: int, note: str) -> str:
        """Write the internal note of a case, and return the one before; KeyError without case."""
        note = clean(note, lines=True)
        with self._database.writing() as connection:
            row = connection.execute("SELECT note FROM cases WHERE id = ?", (case_id,)).fetchone()
            if row is None:
                raise KeyError(case_id)
            connection.execute("UPDATE cases SET note = ? WHERE id = ?", (note, case_id))
            connection.execute(
                """
                UPDATE evaluations SET folded = substr(folded, 1, instr(folded, :mark)) || :note
                WHERE case_id = :case
                """,
                {"mark": NOTE_BEGINS, "note": search_column([note]), "case": case_id},
            )
        return cast("str", row["note"])

    def rename(self, case_id: int, name: str) -> str:
        """Call the customer of a case `name` everywhere, and return the name before.

        What was evaluated stays as it was. KeyError without case; ValueError when `name` is none.
        """
        from nca_wizard.customer import Customer, problems

        name = clean(name)
        if problems(Customer(name=name)):
            raise ValueError(name)
        case = self.case(case_id)
        found = [self._stored(row.id) for row in self.evaluations_of(case_id)]
        with self._database.writing() as connection:
            for evaluation in found:
                customer = evaluation.customer.model_copy(update={"name": name})
                columns = named(customer, written(evaluation.recommendation), case.note)
                connection.execute(
                    """
                    UPDATE evaluations
                    SET customer_name = :customer_name, folded_name = :folded_name, folded = :folded
                    WHERE id = :id
                    """,
                    {**columns, "id": evaluation.id},
                )
        return case.customer_name

    def _rows(
        self,
        condition: str,
        values: tuple[Any, ...],
        limit: int | None = None,
        *,
        deleted: bool = False,
    ) -> list[EvaluationRow]:
        rows = self._database.read(
            f"""
            SELECT {ROW} FROM evaluations
            WHERE {condition} AND {NOT_TAKEN_BACK if deleted else NOT_DELETED}
            ORDER BY evaluated_at DESC, id DESC LIMIT ?
            """,  # noqa: S608  conditions are ours
            *values,
            # To SQLite a negative limit is none.
            -1 if limit is None else limit,
        )
        return [row_from(row) for row in rows]


def _case_of(connection: sqlite3.Connection, draft_id: int) -> int | None:
    row = connection.execute("SELECT case_id FROM drafts WHERE id = ?", (draft_id,)).fetchone()
    if row is None:
        raise KeyError(draft_id)
    return cast("int | None", row["case_id"])
