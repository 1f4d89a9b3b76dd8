"""What the window does, put into it after it has painted: rules, history, pages, commands."""

from dataclasses import dataclass

from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.settings import Settings
from nca_wizard.texts import Texts
from nca_wizard.ui.case_values import Clock
from nca_wizard.ui.commands import add_commands
from nca_wizard.ui.compare_desk import CompareDesk
from nca_wizard.ui.history_desk import HistoryDesk
from nca_wizard.ui.keeping_desk import KeepingDesk
from nca_wizard.ui.lists_desk import ListsDesk
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.meeting_desk import MeetingDesk
from nca_wizard.ui.moving_desk import MovingDesk
from nca_wizard.ui.pack_desk import PackDesk
from nca_wizard.ui.rules_desk import RulesDesk
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.transfer_desk import TransferDesk
from nca_wizard.ui.undoing import Undoing
from nca_wizard.ui.workbench import Workbench
from nca_wizard.updates.store import BookStore


@dataclass(frozen=True, slots=True)
class Furnished:
    """What does the commands of one window."""

    bench: Workbench
    rules: RulesDesk
    histories: HistoryDesk
    meeting: MeetingDesk
    keeping: KeepingDesk
    lists: ListsDesk
    transfer: TransferDesk
    comparing: CompareDesk
    moving: MovingDesk
    packing: PackDesk
    undoing: Undoing

    def finish(self) -> None:
        """End what runs beside the window, before the window goes."""
        self.rules.finish()
        self.histories.finish()
        self.keeping.finish()
        self.lists.finish()
        self.transfer.finish()
        self.comparing.finish()
        self.packing.finish()


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
) -> Furnished:
    """Put into the window all it takes to work. `program_texts` know of no book."""
    rulebook = books.active.rulebook
    texts = books.active.texts(program_texts)
    undoing = Undoing(texts, window)
    bench = Workbench(
        texts,
        theme,
        window,
        folder=folder,
        settings=settings,
        rulebook=rulebook,
        history=history,
        clock=clock,
        undoing=undoing,
    )
    desk = RulesDesk(program_texts, window, bench, books, folder.history, clock)
    bench.rules_requested.connect(desk.show_changes)
    histories = HistoryDesk(
        texts, window, bench, undoing, history=history, rulebook=rulebook, clock=clock
    )
    window.closing.connect(histories.finish)
    meeting = MeetingDesk(texts, window, bench)
    keeping = KeepingDesk(
        texts, window, bench, undoing, history=history, path=folder.history, clock=clock
    )
    window.closing.connect(keeping.back_up_and_finish)
    histories.deleted_requested.connect(keeping.show_deleted)
    bench.backups_requested.connect(keeping.show_backups)
    bench.back_up_requested.connect(keeping.back_up_and_say)
    bench.last_backup_requested.connect(keeping.last_backup)
    theme.changed.connect(bench.keep_text_size)
    bench.history_requested.connect(histories.show_history)
    lists = ListsDesk(
        texts,
        window,
        bench,
        undoing,
        rulebook=rulebook,
        history=history,
        path=folder.history,
        clock=clock,
    )
    window.closing.connect(lists.finish)
    window.list_dropped.connect(lists.open_list)
    lists.history_requested.connect(histories.show_matching)
    transfer = TransferDesk(
        texts,
        window,
        bench,
        undoing,
        history=history,
        rulebook=rulebook,
        path=folder.history,
        clock=clock,
    )
    window.closing.connect(transfer.finish)
    comparing = CompareDesk(texts, window, bench, history=history, books=books, clock=clock)
    window.closing.connect(comparing.finish)
    bench.compare_requested.connect(comparing.compare_result)
    bench.compare_with_today_requested.connect(comparing.compare_with_today)
    comparing.choose_requested.connect(histories.choose_to_compare)
    histories.compare_requested.connect(comparing.compare)
    histories.export_requested.connect(transfer.ask_to_export)
    bench.earlier_case_requested.connect(histories.choose_an_earlier_case)
    bench.cases_requested.connect(transfer.open_cases)
    bench.list_requested.connect(lists.ask_for_list)
    bench.delete_requested.connect(histories.delete_draft)
    packing = PackDesk(texts, window, bench, path=folder.history, clock=clock)
    window.closing.connect(packing.finish)
    histories.pack_requested.connect(packing.ask)
    moving = MovingDesk(texts, window, bench, folder, history)
    bench.move_requested.connect(moving.ask)

    def show_about() -> None:
        from nca_wizard.ui.about import AboutBox
        from nca_wizard.ui.book_words import origin

        in_use = next(kept for kept in books.kept() if kept.in_use)
        AboutBox(texts, rulebook, origin(texts, in_use), folder, window).open()

    def show_help() -> None:
        from nca_wizard.ui.help_dialog import HelpDialog

        HelpDialog(texts, window, None if bench.in_meeting else rulebook).open()

    add_commands(
        texts, window, bench, desk, histories, meeting, keeping, lists, transfer, comparing, theme,
        show_help, show_about,
    )  # fmt: skip
    return Furnished(
        bench,
        desk,
        histories,
        meeting,
        keeping,
        lists,
        transfer,
        comparing,
        moving,
        packing,
        undoing,
    )
