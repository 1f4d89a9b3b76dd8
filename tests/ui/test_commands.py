"""That no command of the menus is forgotten by `make check-offline`, which runs every one."""

import re

from check_offline import commands_of_menus
from nca_wizard.ui.program import Program


def test_every_command_is_known_to_the_check_that_runs_them_all(program: Program) -> None:
    titles = {action.text() for action in program.window._actions.values()}

    steps_as_one = {re.sub(r"^Step &\d$", "Step &%(step)d", title) for title in titles}

    assert commands_of_menus() == steps_as_one
