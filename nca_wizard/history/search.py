"""The register as a list: searched, filtered, sorted, a page at a time, off the window's thread.

    search = history.searching(language)           on the thread that opened the history
    found = search.find(Query(search="moll"), still_wanted)     on a worker thread
    search.rows(found.ids[:50])                    the lines that are in sight

An evaluation stands in the list by its id, a draft by its id below zero.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from nca_wizard.history.connecting import code
from nca_wizard.history.database import Database
from nca_wizard.history.drafts import draft_from
from nca_wizard.history.evaluations import NEWEST, NOT_DELETED, ROW, row_from, stamp
from nca_wizard.history.folding import search_column, search_words, without_umlauts
from nca_wizard.history.matching import matching
from nca_wizard.history.ordering import sort_key
from nca_wizard.history.portfolio import Portfolio, portfolio
from nca_wizard.history.values import Draft, EvaluationRow, RowState

if TYPE_CHECKING:
    from nca_wizard.rules.model.book import Metric

SortKey = Literal["date", "customer", "channel", "products", "actions", "state", "rules"]

Headline = Callable[[Sequence[str], Sequence[str], int], str]
"""From the associations to get, the verdicts and the number of open questions to what the list
says of them."""

_STEPS_BETWEEN_QUESTIONS = 20_000
"""Instructions of SQLite's machine after which it is asked whether the answer is still wanted:
some tenths of a millisecond."""
_CACHE_KILOBYTES = 64 * 1024


class Cancelled(Exception):
    """Nobody wants the answer any more."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the list is to show. Empty fields ask for nothing.

    `channel`, `association` and `verdict` are ids: in the answers, in the plan, of any goal.
    `year` is that of the day evaluated for. `other_rules_than` is the version of today's rules.
    """

    search: str = ""
    channel: str = ""
    association: str = ""
    verdict: str = ""
    state: RowState | None = None
    year: int | None = None
    other_rules_than: str = ""
    import_id: int | None = None
    newest_per_customer: bool = False
    sort: SortKey = "date"
    backwards: bool = False
    """By date the newest comes first, by everything else the least; this turns it round."""


@dataclass(frozen=True, slots=True)
class Found:
    """The lines in order, and how many there are without search and filters."""

    ids: Sequence[int]
    of: int


Row = EvaluationRow | Draft


class Search:
    """Reads the register through a connection of its own, for one thread at a time."""

    def __init__(
        self,
        database: Database,
        language: str,
        channels: Mapping[str, str] | None = None,
        headline: Headline | None = None,
    ) -> None:
        self._database = database
        self._connection = database.reader()
        self._read(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
        self._key = lru_cache(maxsize=200_000)(lambda text: sort_key(text, language))
        self._connection.create_function("sort_key", 1, self._key, deterministic=True)

        @lru_cache(maxsize=1000)
        def channel_key(ids: str) -> str:
            names = channels or {}
            return self._key(", ".join(names.get(one, one) for one in json.loads(ids)))

        self._connection.create_function("channel_key", 1, channel_key, deterministic=True)

        @lru_cache(maxsize=10_000)
        def actions_key(actions: str, verdicts: str, open_questions: int) -> str:
            names, found = json.loads(actions), list(json.loads(verdicts))
            words = headline(names, found, open_questions) if headline else ", ".join(names)
            return self._key(words)

        self._connection.create_function("actions_key", 3, actions_key, deterministic=True)

    def close(self) -> None:
        self._connection.close()

    def find(self, query: Query, still_wanted: Callable[[], bool] = lambda: True) -> Found:
        """What `query` asks for. Raises Cancelled as soon as `still_wanted` says no."""
        self._connection.set_progress_handler(lambda: not still_wanted(), _STEPS_BETWEEN_QUESTIONS)
        try:
            drafts = self._read("SELECT * FROM drafts WHERE deleted_at IS NULL")
            [(evaluations,)] = self._read(
                f"SELECT count(*) FROM evaluations WHERE {NOT_DELETED}"  # noqa: S608  ours
            )
            statement, values = _statement(query, [draft_from(row) for row in drafts])
            ids = self._ids(statement, values)
        finally:
            self._connection.set_progress_handler(None, 0)
        if not still_wanted():
            raise Cancelled
        return Found(ids, evaluations + len(drafts))

    def rows(self, ids: Iterable[int]) -> dict[int, Row]:
        """The lines by id; one that was deleted meanwhile is missing."""
        wanted = json.dumps(list(ids))
        evaluations = self._read(
            f"SELECT {ROW} FROM evaluations "  # noqa: S608  ours
            "WHERE evaluations.id IN (SELECT value FROM json_each(?))",
            wanted,
        )
        drafts = self._read(
            "SELECT * FROM drafts WHERE -id IN (SELECT value FROM json_each(?))", wanted
        )
        return {
            **{row["id"]: row_from(row) for row in evaluations},
            **{-row["id"]: draft_from(row) for row in drafts},
        }

    def portfolio(self, metrics: "Sequence[Metric]") -> Portfolio:
        """What the register adds up to; `metrics` are those of today's rulebook."""
        return portfolio(self._read, metrics)

    def years(self) -> list[int]:
        """The years evaluated for, the latest first."""
        rows = self._read(
            f"""
            SELECT DISTINCT substr(as_of, 1, 4) AS year FROM evaluations WHERE {NOT_DELETED}
            ORDER BY year DESC
            """  # noqa: S608  ours
        )
        return [int(row["year"]) for row in rows]

    def _ids(self, statement: str, values: Sequence[object]) -> list[int]:
        # As one row: for each of very many Python would have to be waited for, and the window
        # would wait with it. The limit, which is none, keeps SQLite from dropping the order.
        [(ids,)] = self._read(
            f"SELECT json_group_array(id) FROM ({statement} LIMIT -1)",  # noqa: S608  ours
            *values,
        )
        found: list[int] = json.loads(ids)
        return found

    def _read(self, statement: str, *values: object) -> list[sqlite3.Row]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as fault:
            if code(fault) == sqlite3.SQLITE_INTERRUPT:
                raise Cancelled from None
            raise self._database.reading_fault(fault) from fault
        except sqlite3.Error as fault:
            raise self._database.reading_fault(fault) from fault


# --- The statement --------------------------------------------------------------------------

_SETTLED = "SELECT evaluation_id FROM action_states WHERE state IN ('to_do', 'in_progress')"
_BEGUN = "SELECT evaluation_id FROM action_states WHERE state IN ('in_progress','done','not_doing')"
_STATES: dict[RowState, str] = {
    "draft": "FALSE",
    "nothing_to_do": "actions = 0",
    "to_do": f"actions > 0 AND id NOT IN ({_BEGUN})",
    "in_progress": f"actions > 0 AND id IN ({_BEGUN}) AND id IN ({_SETTLED})",
    "done": f"actions > 0 AND id NOT IN ({_SETTLED})",
}
_KEYS: dict[SortKey, str] = {
    "date": "evaluated_at",
    "customer": "sort_key(customer_name)",
    "channel": "channel_key(channels)",
    "products": "sort_key(products_said)",
    "actions": "actions_key(actions_said, verdicts, open_questions)",
    # What is still open comes first, what was never anything to do last.
    "state": f"CASE WHEN actions = 0 THEN 3 WHEN id NOT IN ({_SETTLED}) THEN 2 "
    f"WHEN id IN ({_BEGUN}) THEN 1 ELSE 0 END",
    "rules": "rulebook_version",
}


def _statement(query: Query, drafts: list[Draft]) -> tuple[str, list[object]]:
    condition, values = _condition(query)
    key = _KEYS[query.sort]
    down = query.backwards != (query.sort == "date")
    order = "DESC" if down else "ASC"
    among_equals = f"id {order}" if query.sort == "date" else "at DESC, id DESC"
    statement = f"SELECT id, {key} AS key, evaluated_at AS at FROM evaluations WHERE {condition}"  # noqa: S608  all of it ours
    shown = [draft for draft in drafts if _draft_fits(draft, query)]
    if not shown:
        return f"{statement} ORDER BY key {order}, {among_equals}", values
    # Drafts take their place among the others. As halves of one statement, so that SQLite merges
    # what the index has in order already.
    statement = f"""
        {statement}
        UNION ALL
        SELECT json_extract(value, '$[0]'), {_draft_key(query.sort)}, json_extract(value, '$[1]')
        FROM json_each(?)
        ORDER BY key {order}, {among_equals}
    """  # noqa: S608  all of it ours
    return statement, [*values, json.dumps([_draft_line(draft) for draft in shown])]


def _condition(query: Query) -> tuple[str, list[object]]:
    words, found = matching(query.search)
    conditions = [words, NOT_DELETED]
    values: list[object] = [*found]
    for column, wanted in (("channels", query.channel), ("verdicts", query.verdict)):
        if wanted:
            conditions.append(f"instr({column}, ?)")
            values.append(json.dumps(wanted))
    if query.association:
        conditions.append("id IN (SELECT evaluation_id FROM action_states WHERE association = ?)")
        values.append(query.association)
    if query.state:
        conditions.append(_STATES[query.state])
    if query.year is not None:
        conditions.append("as_of BETWEEN ? AND ?")
        values += [f"{query.year:04}-01-01", f"{query.year:04}-12-31"]
    if query.other_rules_than:
        conditions.append("rulebook_version <> ?")
        values.append(query.other_rules_than)
    if query.import_id is not None:
        conditions.append(
            "(case_id IN (SELECT id FROM cases WHERE import_id = ?)"
            " OR id IN (SELECT evaluation_id FROM imported_evaluations WHERE import_id = ?))"
        )
        values += [query.import_id] * 2
    if query.newest_per_customer:
        conditions.append(f"id IN ({NEWEST})")
    return " AND ".join(conditions), values


def _draft_fits(draft: Draft, query: Query) -> bool:
    if query.association or query.verdict or query.other_rules_than:
        return False
    if query.import_id is not None or query.state not in (None, "draft"):
        return False
    if query.channel and draft.answers.get("channel") != query.channel:
        return False
    day = draft.as_of or (draft.saved_at.date() if draft.saved_at else None)
    if query.year is not None and (day is None or day.year != query.year):
        return False
    # What was typed may hold half a sign, which has no place in a text.
    typed = [text.encode(errors="ignore").decode() for text in draft.customer.values()]
    column = search_column(typed)
    return all(
        word in column or without_umlauts(word) in column for word in search_words(query.search)
    )


def _draft_line(draft: Draft) -> tuple[int, str, str, str]:
    saved_at: datetime | None = draft.saved_at
    name = draft.customer.get("name", "").encode(errors="ignore").decode()
    channel = draft.answers.get("channel")
    channels = json.dumps([channel] if isinstance(channel, str) else [])
    return -(draft.id or 0), stamp(saved_at) if saved_at else "", name, channels


def _draft_key(sort: SortKey) -> str:
    match sort:
        case "date":
            return "json_extract(value, '$[1]')"
        case "customer":
            return "sort_key(json_extract(value, '$[2]'))"
        case "channel":
            return "channel_key(json_extract(value, '$[3]'))"
        case "state":
            return "-1"
        case _:
            return "''"
