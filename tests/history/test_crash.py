"""Killed at any moment: the last save that returned is there, and every row is whole."""

import random
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from nca_wizard.history.store import History
from nca_wizard.rules.model.results import Recommendation

PROGRAM = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from nca_wizard.customer import Customer
from nca_wizard.history.store import Draft, History
from nca_wizard.rules.model.results import Recommendation

path, recommendation = sys.argv[1:]
recommendation = Recommendation.model_validate_json(Path(recommendation).read_bytes())
noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
history = History.open(Path(path))
kept = Draft(customer={}, answers={}, page="1")
number = history.count()
while True:
    number += 1
    kept = history.save_draft(
        replace(kept, customer={"name": str(number), "note": "x" * 4_000}), noon
    )
    print("draft", kept.id, number, flush=True)
    finished = history.save_draft(Draft(customer={}, answers={}, page="5"), noon)
    evaluation = history.finish(
        finished.id, Customer(name=str(number), note="x" * 4_000), recommendation, noon
    )
    print("evaluation", evaluation, number, flush=True)
"""


IMPORTING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from nca_wizard.customer import Customer
from nca_wizard.history.evaluations import written
from nca_wizard.history.imports import Coming
from nca_wizard.history.store import History
from nca_wizard.rules.model.results import Recommendation

path, recommendation = sys.argv[1:]
evaluated = written(Recommendation.model_validate_json(Path(recommendation).read_bytes()))
noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
history = History.open(Path(path))
import_id = history.imports.begin("list.csv", noon)
while True:
    ids = history.imports.add(
        import_id, [Coming(Customer(name="x" * 100), evaluated) for _ in range(20)], noon
    )
    print("evaluation", ids[-1], len(ids), flush=True)
"""


def started(path: Path, recommendation: Path, program: str = PROGRAM) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path), str(recommendation)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_program_killed_while_writing_loses_nothing_it_was_told_is_saved(
    path: Path, tmp_path: Path, recommendation: Recommendation, seed: int
) -> None:
    (tmp_path / "recommendation.json").write_text(
        recommendation.model_dump_json(), encoding="utf-8"
    )
    with started(path, tmp_path / "recommendation.json") as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().split() for _ in range(10)]
        time.sleep(random.Random(seed).uniform(0, 0.05))
        writer.kill()
        # What it still wrote before the end it was told as saved, too.
        said += [line.split() for line in writer.stdout.read().splitlines()]
    told = [(kind, int(row), int(number)) for kind, row, number in (s for s in said if len(s) == 3)]

    with History.open(path) as history:
        [sound] = history._database.read("PRAGMA integrity_check")
        assert sound[0] == "ok"
        assert not history._database.read("PRAGMA foreign_key_check")
        _, draft_id, number = next(entry for entry in reversed(told) if entry[0] == "draft")
        assert int(history.draft(draft_id).customer["name"]) >= number
        for draft in history.drafts():
            assert draft.page == "5" or len(draft.customer["note"]) == 4_000
        rows = history.evaluations()
        assert {row.id for row in rows} >= {row for kind, row, _ in told if kind == "evaluation"}
        for row in rows:
            stored = history.evaluation(row.id)
            assert stored.recommendation == recommendation
            assert stored.customer.name == row.customer_name
            assert len(stored.customer.note) == 4_000


def test_two_programs_that_write_at_once_both_get_their_rows_in(
    path: Path, tmp_path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    (tmp_path / "recommendation.json").write_text(
        recommendation.model_dump_json(), encoding="utf-8"
    )
    History.open(path).close()
    told = []
    with (
        started(path, tmp_path / "recommendation.json") as one,
        started(path, tmp_path / "recommendation.json") as two,
    ):
        for writer in (one, two):
            assert writer.stdout is not None
            told += [writer.stdout.readline().split() for _ in range(20)]
        for writer in (one, two):
            writer.kill()

    with closing(History.open(path)) as history:
        saved = {row.id for row in history.evaluations()}
        assert saved >= {int(line[1]) for line in told if line[0] == "evaluation"}
        assert len([line for line in told if line[0] == "evaluation"]) == 20


def test_an_import_that_is_killed_leaves_whole_rows_that_are_undone_as_one(
    path: Path, tmp_path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    (tmp_path / "recommendation.json").write_text(
        recommendation.model_dump_json(), encoding="utf-8"
    )
    with started(path, tmp_path / "recommendation.json", IMPORTING) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().split() for _ in range(5)]
        writer.kill()

    with History.open(path) as history:
        [sound] = history._database.read("PRAGMA integrity_check")
        rows = history.evaluations()
        assert sound[0] == "ok"
        assert len(rows) % 20 == 0
        assert {row.id for row in rows} >= {int(row) for _, row, _ in said}
        for row in rows:
            assert history.evaluation(row.id).recommendation == recommendation
            assert len(history.actions.of(row.id)) == 1
        assert len(history.imports.undo(1, noon)["cases"]) == len(rows)
        assert history.evaluations() == []
