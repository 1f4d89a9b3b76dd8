"""What the window does, put into it after it has painted: rules, history, pages, commands."""

from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.rules.model import Rulebook
from nca_wizard.settings import Settings
from nca_wizard.texts import Texts
from nca_wizard.ui.about import AboutBox
from nca_wizard.ui.commands import add_commands
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.session import Clock
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.workbench import Workbench


def furnish(
    texts: Texts,
    theme: Theme,
    window: MainWindow,
    *,
    folder: DataFolder,
    settings: Settings,
    rulebook: Rulebook,
    history: History,
    clock: Clock,
) -> Workbench:
    """Put into the window all it takes to work."""
    bench = Workbench(
        texts,
        theme,
        window,
        folder=folder,
        settings=settings,
        rulebook=rulebook,
        history=history,
        clock=clock,
    )
    about = AboutBox(texts, rulebook, folder, window)
    add_commands(texts, window, bench, theme, about.open)
    return bench
