"""What the window does, put into it after it has painted: rules, history, pages, commands."""

from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.settings import Settings
from nca_wizard.texts import Texts
from nca_wizard.ui.case_values import Clock
from nca_wizard.ui.commands import add_commands
from nca_wizard.ui.compare_desk import CompareDesk
from nca_wizard.ui.desk import Room
from nca_wizard.ui.desks import Desks
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
) -> Desks:
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
    room = Room(texts, window, bench, undoing, history, rulebook, folder.history, clock)
    desks = Desks(
        bench=bench,
        rules=RulesDesk(program_texts, window, bench, books, folder.history, clock),
        histories=HistoryDesk(room),
        meeting=MeetingDesk(texts, window, bench),
        keeping=KeepingDesk(room),
        lists=ListsDesk(room),
        transfer=TransferDesk(room),
        comparing=CompareDesk(room, books),
        packing=PackDesk(room, books),
        moving=MovingDesk(texts, window, bench, folder, history),
        undoing=undoing,
    )
    theme.changed.connect(bench.keep_text_size)
    window.list_dropped.connect(desks.lists.open_list)
    _pass_on_what_the_bench_is_asked(bench, desks)
    _pass_on_what_desks_are_asked(desks)
    _end_with_the_window(window, desks)

    def show_about() -> None:
        from nca_wizard.ui.about import AboutBox
        from nca_wizard.ui.book_words import origin

        in_use = next(kept for kept in books.kept() if kept.in_use)
        AboutBox(texts, rulebook, origin(texts, in_use), folder, window).open()

    def show_help() -> None:
        from nca_wizard.ui.help_dialog import HelpDialog

        HelpDialog(texts, window, None if bench.in_meeting else rulebook).open()

    add_commands(texts, window, desks, theme, show_help, show_about)
    return desks


def _pass_on_what_the_bench_is_asked(bench: Workbench, desks: Desks) -> None:
    for asked, who in (
        (bench.rules_requested, desks.rules.show_changes),
        (bench.backups_requested, desks.keeping.show_backups),
        (bench.back_up_requested, desks.keeping.back_up_and_say),
        (bench.last_backup_requested, desks.keeping.last_backup),
        (bench.history_requested, desks.histories.show_history),
        (bench.earlier_case_requested, desks.histories.choose_an_earlier_case),
        (bench.delete_requested, desks.histories.delete_draft),
        (bench.compare_requested, desks.comparing.compare_result),
        (bench.compare_with_today_requested, desks.comparing.compare_with_today),
        (bench.cases_requested, desks.transfer.open_cases),
        (bench.list_requested, desks.lists.ask_for_list),
        (bench.move_requested, desks.moving.ask),
    ):
        asked.connect(who)


def _pass_on_what_desks_are_asked(desks: Desks) -> None:
    histories = desks.histories
    histories.deleted_requested.connect(desks.keeping.show_deleted)
    histories.compare_requested.connect(desks.comparing.compare)
    histories.export_requested.connect(desks.transfer.ask_to_export)
    histories.pack_requested.connect(desks.packing.ask)
    desks.lists.history_requested.connect(histories.show_matching)
    desks.comparing.choose_requested.connect(histories.choose_to_compare)


def _end_with_the_window(window: MainWindow, desks: Desks) -> None:
    window.closing.connect(desks.histories.finish)
    window.closing.connect(desks.keeping.back_up_and_finish)
    for desk in (desks.lists, desks.transfer, desks.comparing, desks.packing):
        window.closing.connect(desk.finish)
