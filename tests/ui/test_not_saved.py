"""Where the history cannot be written: said once, and before anything is lost."""

import pytest

from nca_wizard.errors import CannotWrite
from nca_wizard.history.store import History
from nca_wizard.sentences import as_written
from nca_wizard.ui.program import Program
from tests.ui.walking import bench_of, session_of

STAYS = "Your answers stay in this window."
LOST = "If you close the window again, these answers are lost."


@pytest.fixture(params=["Not saved: /d cannot be written. " + STAYS, "/d is full. " + STAYS])
def refused(
    request: pytest.FixtureRequest, program: Program, monkeypatch: pytest.MonkeyPatch
) -> str:
    """An open case that cannot be saved, and what the window is to say of it."""
    fault = str(request.param)

    def refuse(*_: object) -> None:
        raise CannotWrite(as_written(fault))

    bench_of(program).new_case()
    session_of(program).set_field("name", "Contoso")
    monkeypatch.setattr(History, "save_draft", refuse)
    return "Not saved: " + fault.removeprefix("Not saved: ")


def test_why_nothing_is_saved_is_said_once(program: Program, refused: str) -> None:
    bench_of(program).show_start()

    assert program.window.said == refused
    assert program.window.status.startswith(refused)
    assert program.window.status.count("Not saved") == 1


def test_the_first_close_says_what_the_second_does(program: Program, refused: str) -> None:
    assert not program.window.close()
    assert program.window.said == f"{refused} {LOST}"
    assert session_of(program).fields["name"] == "Contoso"
    assert program.window.close()


@pytest.mark.usefixtures("refused")
def test_on_another_page_the_warning_comes_again(program: Program) -> None:
    assert not program.window.close()
    bench_of(program).go_on()

    assert not program.window.close()
    assert LOST in program.window.said
    assert program.window.close()
