"""Says what a history holds, with nothing but Python's own SQLite; for checks of packages.

python packaging/look_at_history.py HISTORY                 how many evaluations, of whom
python packaging/look_at_history.py HISTORY --make-newer    as if a newer version had made it
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def evaluated(history: Path) -> list[str]:
    """The customer of each evaluation."""
    with closing(sqlite3.connect(history)) as opened:
        return [name for (name,) in opened.execute("SELECT customer_name FROM evaluations")]


def make_newer(history: Path) -> None:
    """What a version does that knows more tables than this one."""
    with closing(sqlite3.connect(history)) as opened:
        # So that everything is in one file.
        opened.execute("PRAGMA journal_mode = DELETE")
        opened.execute("INSERT INTO schema_versions VALUES (99, '99.0')")
        opened.execute("PRAGMA user_version = 99")
        opened.commit()


def main(arguments: list[str]) -> None:
    history = Path(arguments[0])
    if "--make-newer" in arguments:
        make_newer(history)
    else:
        found = evaluated(history)
        print(len(found), *sorted(set(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
