"""What a window has before the rules are read: its menus, its first page, what can be undone."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt

from nca_wizard.history.store import History
from nca_wizard.texts import Texts
from nca_wizard.ui import freshness, status
from nca_wizard.ui.asking import Ask
from nca_wizard.ui.buttons import LinkButton
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.commands import add_commands
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.start_desk import StartDesk
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.undoing import Undoing
from nca_wizard.updates.label_file import ActiveLabel


@dataclass(frozen=True, slots=True)
class Front:
    """Everything of it. `texts` know the words of the book that `label` is of."""

    texts: Texts
    window: MainWindow
    theme: Theme
    label: ActiveLabel
    history: History
    clock: Clock
    undoing: Undoing
    start: StartDesk
    meeting_button: LinkButton
    status: tuple[str, str]
    """What the status line says whatever shows: which rules, and where the data is."""

    def show_start(self) -> None:
        """Show the first page, in a window that shows none yet."""
        self.window.set_status(*self.status)
        self.window.show_page(self.start.page())
        self.start.say_notice()


def put_up_front(
    program_texts: Texts,
    theme: Theme,
    window: MainWindow,
    label: ActiveLabel,
    history: History,
    data: Path,
    clock: Clock,
    ask: Ask,
) -> Front:
    """Put it into an empty window. `program_texts` know of no book, `data` is the data folder."""
    texts = label.texts(program_texts)
    undoing = Undoing(texts, window)
    undoing.failed.connect(lambda sentence: window.say(sentence.said(texts)))
    window.file_dropped.connect(lambda path: ask(lambda desks: desks.bench.open_file(path)))
    window.list_dropped.connect(lambda path: ask(lambda desks: desks.lists.open_list(path)))
    window.closing.connect(history.close)
    theme.changed.connect(window.fit_corner)
    add_commands(texts, window, theme, ask)
    button = LinkButton(
        texts("Meeting mode"), lambda: ask(lambda desks: desks.meeting.switch()), parent=window
    )
    # Reached by its key and by the menu; Tab goes through the page alone.
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window.set_corner(button)
    return Front(
        texts=texts,
        window=window,
        theme=theme,
        label=label,
        history=history,
        clock=clock,
        undoing=undoing,
        start=StartDesk(texts, window, label.book, history, clock, undoing, ask),
        meeting_button=button,
        status=(freshness.rules(texts, label.book), status.data(texts, data)),
    )
