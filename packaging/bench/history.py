"""How the history bears 100,000 customers, beside plain SQLite and beside ten customers.

    PYTHONPATH=. python packaging/bench/history.py [CASES]

The customers are made by this script: some hundred different sets of answers are really evaluated,
then spread over invented names. Each figure is taken beside the one it is compared with, in turns,
so that a busy machine slows both alike: ratios hold, milliseconds only roughly. An aim that is not
met is printed as such and fails nothing.
"""

import gc
import random
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from nca_wizard.customer import Customer
from nca_wizard.history.evaluations import stamp, written
from nca_wizard.history.folding import NOTE_BEGINS, fold, search_column
from nca_wizard.history.imports import Coming
from nca_wizard.history.search import Query
from nca_wizard.history.store import Draft, History
from nca_wizard.paths import resources
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Metric, Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.rules.rulebook import load

CASES = 100_000
FEW = 10
KINDS = 100
"""Different sets of answers."""
TURNS = 15
IN_SIGHT = 50
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TYPED = ("c", "co", "con", "cont", "moller", "a", "gmbh 99", "straße", "東京", "business central",
         "nothing of the kind", "e", "%", "nord")  # fmt: skip
NAMES = ("Contoso", "Fabrikam", "Møller", "Straße", "東京商事", "Northwind", "O'Brien", "R&D",
         "Åland", "Adventure Works", "Lamna", "Tailspin", "Woodgrove", "Proseware",
         "Nød & Brød")  # fmt: skip
FORMS = ("AB", "GmbH", "Ltd", "A/S", "Inc", "株式会社", "Oy", "SpA")

KEY_TO_LIST_AIM = 3.0
START_AIM = 1.5
BLOCKED_AIM = 50.0
BLOCKED_ONCE_AIM = 100.0
CANCEL_AIM = 1000.0
ROWS = 10_000


def evaluated(rulebook: Rulebook, count: int, chance: random.Random) -> list[Recommendation]:
    """Real recommendations for answers drawn at random."""
    found = []
    for _ in range(count):
        answers: dict[str, Answer] = {}
        for question in rulebook.questions:
            choices = [one.id for one in question.choices if not one.alone and one.id != "mixed"]
            if question.kind == "several":
                answers[question.id] = tuple(chance.sample(choices, min(2, len(choices))))
            elif question.kind != "by_product":
                answers[question.id] = chance.choice([*choices, "unknown"])
        found.append(recommend(rulebook, Scenario(as_of=NOW.date(), answers=answers)))
    return found


def invented_names(count: int, chance: random.Random) -> Iterator[str]:
    for number in range(count):
        yield f"{chance.choice(NAMES)} {number} {chance.choice(FORMS)}"


def fill(path: Path, kinds: Sequence[Recommendation], count: int) -> float:
    """Make a history of `count` customers; returns the seconds one real import row takes."""
    chance = random.Random(1)  # noqa: S311  # the same customers in every run
    names = list(invented_names(count, chance))
    really = min(count, len(kinds))
    with History.open(path) as history:
        import_id = history.imports.begin("bench", NOW)
        begun = time.perf_counter()
        ids = history.imports.add(
            import_id,
            [
                Coming(Customer(name=name), written(kinds[place]))
                for place, name in enumerate(names[:really])
            ],
            NOW - timedelta(days=900),
        )
        per_row = (time.perf_counter() - begun) / really
        for evaluation_id in ids[:3]:
            history.follow_ups.plan(evaluation_id, "done", NOW.date())
        for number in range(3):
            history.save_draft(Draft({"name": f"Draft {number}"}, {}, "3"), NOW)
    with closing(sqlite3.connect(path)) as connection, connection:
        spread(connection, ids, names[really:], chance)
    return per_row


def spread(
    connection: sqlite3.Connection, ids: Sequence[int], names: Sequence[str], chance: random.Random
) -> None:
    """Copy what was really evaluated for further customers."""
    connection.execute("PRAGMA cache_size = -262144")
    columns = [row[1] for row in connection.execute("PRAGMA table_info(evaluations)")]
    patterns = [
        dict(zip(columns, row, strict=True))
        for row in connection.execute("SELECT * FROM evaluations ORDER BY id")
    ]
    document = "SELECT ?, goals, ?, recommendation FROM documents WHERE evaluation_id = ?"
    states = "SELECT ?, action, association, covers, ?, day FROM action_states"
    first = max(ids) + 1
    for number, name in enumerate(names, start=first):
        pattern = chance.choice(patterns)
        base, _, _ = pattern["folded"].partition(NOTE_BEGINS)
        at = stamp(NOW - timedelta(minutes=chance.randrange(1_000_000)))
        row = {
            **pattern,
            "id": number,
            "case_id": number,
            "evaluated_at": at,
            "customer_name": name,
            "folded_name": fold(name),
            "folded": f"{search_column([name])} {base}{NOTE_BEGINS}",
        }
        connection.execute("INSERT INTO cases (id, begun_at) VALUES (?, ?)", (number, at))
        connection.execute(
            f"INSERT INTO evaluations VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
            [row[column] for column in columns],
        )
        customer = Customer(name=name).model_dump_json()
        connection.execute(
            f"INSERT INTO documents {document}",
            (number, customer, pattern["id"]),
        )
        state = chance.choice(["to_do", "to_do", "in_progress", "done"])
        connection.execute(
            f"INSERT INTO action_states {states} WHERE evaluation_id = ?",
            (number, state, pattern["id"]),
        )


# --- Measuring -------------------------------------------------------------------------------


def milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


def plain_list(connection: sqlite3.Connection, word: str) -> None:
    """What the list costs without any of our layers: every id that fits, and the first lines."""
    found = connection.execute(
        "SELECT id FROM evaluations WHERE folded LIKE ? ORDER BY evaluated_at DESC",
        (f"%{word}%",),
    ).fetchall()
    for row in found[:IN_SIGHT]:
        connection.execute("SELECT * FROM evaluations WHERE id = ?", row).fetchone()


def start_page(history: History) -> None:
    """What the first page asks."""
    history.drafts()
    history.evaluations(limit=5)
    history.follow_ups.due(NOW.date() + timedelta(days=7))


@contextmanager
def watched() -> Iterator[list[float]]:
    """How long this thread, which stands for the window's, has to wait for its turn."""
    gaps: list[float] = []
    done = threading.Event()

    def watch() -> None:
        last = time.perf_counter()
        while not done.is_set():
            done.wait(0.002)
            now = time.perf_counter()
            gaps.append((now - last) * 1000)
            last = now

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield gaps
    finally:
        done.set()
        thread.join()


def say(what: str, figure: str, aim: str = "") -> None:
    print(f"  {what:<52} {figure:>24}  {aim}")


def against(ratio: float, aim: float) -> str:
    return f"aim {aim:g}, {'met' if ratio <= aim else 'NOT MET'}"


def measure(few: Path, many: Path, count: int, per_row: float, metrics: Sequence[Metric]) -> None:
    # What only the bench holds on to would be looked through at each collection of garbage.
    gc.collect()
    gc.freeze()
    plain_times: list[float] = []
    our_times: list[float] = []
    with History.open(many) as history, closing(history.searching("de")) as search:
        plain = sqlite3.connect(f"{many.as_uri()}?mode=ro", uri=True)
        plain.execute("PRAGMA cache_size = -65536")

        def list_it(word: str) -> None:
            search.rows(search.find(Query(search=word)).ids[:IN_SIGHT])

        for turn in range(TURNS + 1):
            for word in TYPED:
                theirs = milliseconds(lambda word=word: plain_list(plain, fold(word)))  # type: ignore[misc]
                ours = milliseconds(lambda word=word: list_it(word))  # type: ignore[misc]
                if turn:
                    plain_times.append(theirs)
                    our_times.append(ours)
        ratio = p95(our_times) / p95(plain_times)
        print(f"\n{count:,} customers")
        say("key to list, median", f"{median(our_times):.0f} ms")
        say("key to list, p95", f"{p95(our_times):.0f} ms")
        say("plain SQLite, p95", f"{p95(plain_times):.0f} ms")
        say("ratio at p95", f"{ratio:.2f}", against(ratio, KEY_TO_LIST_AIM))
        with watched() as alone:
            time.sleep(2)
        with watched() as gaps:
            for word in TYPED:
                list_it(word)
            search.find(Query(sort="customer"))
        say(
            "a thread beside it waits at most",
            f"{max(gaps):.0f} ms",
            against(max(gaps), BLOCKED_AIM),
        )
        say("and when nothing is searched", f"{max(alone):.0f} ms")
        for name, query in QUERIES.items():
            took = median(milliseconds(lambda query=query: search.find(query)) for _ in range(5))  # type: ignore[misc]
            say(f"list, {name}", f"{took:.0f} ms")
        say("portfolio", f"{milliseconds(lambda: search.portfolio(metrics)):.0f} ms")
        plain.close()
        backup = milliseconds(lambda: history.backups.back_up(NOW))
        say("a backup, read through", f"{backup:.0f} ms")
    size = many.stat().st_size
    say("bytes for each case", f"{size / count:,.0f}")
    say("a row of an import, written", f"{per_row * 1000:.1f} ms")
    starts: dict[Path, list[float]] = {few: [], many: []}
    opens: dict[Path, list[float]] = {few: [], many: []}
    for _ in range(TURNS):
        for path in (few, many):
            begun = time.perf_counter()
            with History.open(path) as history:
                opens[path].append((time.perf_counter() - begun) * 1000)
                start_page(history)
                starts[path].append(
                    median(milliseconds(lambda: start_page(history)) for _ in range(9))
                )
    ratio = median(a / b for a, b in zip(starts[many], starts[few], strict=True))
    print(f"\nStart, with {FEW} customers and with {count:,}")
    say("its questions", f"{median(starts[few]):.2f} and {median(starts[many]):.2f} ms")
    say("ratio", f"{ratio:.2f}", against(ratio, START_AIM))
    say("opening the file", f"{median(opens[few]):.1f} and {median(opens[many]):.1f} ms")


def measure_window(few: Path, many: Path, count: int) -> None:
    """The same, seen from the window."""
    # It takes a while to load and would stand between the figures above.
    import history_window

    with closing(sqlite3.connect(f"{many.as_uri()}?mode=ro", uri=True)) as plain:
        plain.execute("PRAGMA cache_size = -65536")

        def list_plainly(word: str) -> float:
            return milliseconds(lambda: plain_list(plain, fold(word)))

        ours, theirs, blocked = history_window.key_to_list(many, NOW, TYPED, list_plainly)
    ratio = p95(ours) / p95(theirs)
    print(f"\nThe window, with {count:,} customers")
    say("key to painted list, median", f"{median(ours):.0f} ms")
    say("key to painted list, p95", f"{p95(ours):.0f} ms")
    say("ratio to plain SQLite at p95", f"{ratio:.2f}", against(ratio, KEY_TO_LIST_AIM))
    for doing, longest in blocked.items():
        say(f"blocked at most, {doing}", f"{longest:.0f} ms", against(longest, BLOCKED_AIM))
    first, second = history_window.starts(few, many, NOW)
    say(f"start, with {FEW} and with all", f"{first:.0f} and {second:.0f} ms")
    say("ratio", f"{second / first:.2f}", against(second / first, START_AIM))


def measure_import(folder: Path, rulebook: Rulebook) -> None:
    """A list of as many rows as one import takes, into a live window."""
    import history_import

    listed = folder / "customers.csv"
    history_import.make_list(listed, rulebook, ROWS)
    found = history_import.measure(folder / "imported", listed, ROWS, NOW)
    print(f"\nImport of {ROWS:,} rows, no two alike, into a live window")
    say("rows a second", f"{found.rate:.0f}")
    most = found.blocked_most
    p99 = found.blocked_p99
    say("the window is blocked, p99", f"{p99:.0f} ms", against(p99, BLOCKED_AIM))
    say("the window is blocked at most", f"{most:.0f} ms", against(most, BLOCKED_ONCE_AIM))
    say("Cancel to result", f"{found.to_cancel:.0f} ms", against(found.to_cancel, CANCEL_AIM))


QUERIES = {
    "everything, by date": Query(),
    "everything, by name": Query(sort="customer"),
    "by state": Query(sort="state"),
    "filtered by state": Query(state="in_progress"),
    "filtered by association": Query(association="dpor"),
    "newest per customer": Query(newest_per_customer=True),
    "of a year": Query(year=date.today().year),  # noqa: DTZ011  any year will do
}


def main(arguments: Sequence[str]) -> int:
    count = int(arguments[0]) if arguments else CASES
    rulebook = load(resources())
    kinds = evaluated(rulebook, KINDS, random.Random(0))  # noqa: S311
    with TemporaryDirectory(prefix="nca-wizard-bench-") as folder:
        few, many = Path(folder, "few", "history.sqlite"), Path(folder, "many", "history.sqlite")
        fill(few, kinds, FEW)
        per_row = fill(many, kinds, count)
        measure(few, many, count, per_row, rulebook.metrics)
        measure_window(few, many, count)
        measure_import(Path(folder), rulebook)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
