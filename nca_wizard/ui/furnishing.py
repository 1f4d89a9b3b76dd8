"""What the window does, put into it after it has painted: rules, history, pages, commands."""

from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.settings import Settings
from nca_wizard.texts import Texts
from nca_wizard.ui.case_values import Clock
from nca_wizard.ui.commands import add_commands
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.rules_desk import RulesDesk
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.workbench import Workbench
from nca_wizard.updates.store import BookStore


def furnish(
    program_texts: Texts,
    theme: Theme,
    window: MainWindow,
    *,
    folder: DataFolder,
    settings: Settings,
    books: BookStore,
    history: History,
    clock: Clock,
) -> tuple[Workbench, RulesDesk]:
    """Put into the window all it takes to work. `program_texts` know of no book."""
    rulebook = books.active.rulebook
    texts = books.active.texts(program_texts)
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
    desk = RulesDesk(program_texts, window, bench, books, folder.history, clock)
    bench.rules_requested.connect(desk.show_changes)

    def show_about() -> None:
        from nca_wizard.ui.about import AboutBox
        from nca_wizard.ui.book_words import origin

        in_use = next(kept for kept in books.kept() if kept.in_use)
        AboutBox(texts, rulebook, origin(texts, in_use), folder, window).open()

    add_commands(texts, window, bench, desk, theme, show_about)
    return bench, desk
