"""What the window does, put behind its front once the rules are read: the bench and the desks."""

from nca_wizard.paths import DataFolder
from nca_wizard.settings import Settings
from nca_wizard.texts import Texts
from nca_wizard.ui.compare_desk import CompareDesk
from nca_wizard.ui.desk import Room
from nca_wizard.ui.desks import Desks
from nca_wizard.ui.front import Front
from nca_wizard.ui.help_desk import HelpDesk
from nca_wizard.ui.history_desk import HistoryDesk
from nca_wizard.ui.keeping_desk import KeepingDesk
from nca_wizard.ui.lists_desk import ListsDesk
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.meeting_desk import MeetingDesk
from nca_wizard.ui.moving_desk import MovingDesk
from nca_wizard.ui.pack_desk import PackDesk
from nca_wizard.ui.rules_desk import RulesDesk
from nca_wizard.ui.transfer_desk import TransferDesk
from nca_wizard.ui.workbench import Workbench
from nca_wizard.updates.store import BookStore


def furnish(
    front: Front,
    program_texts: Texts,
    *,
    folder: DataFolder,
    settings: Settings,
    books: BookStore,
) -> Desks:
    """Put behind the front all it takes to work. `program_texts` know of no book."""
    rulebook = books.active.rulebook
    texts, window, history, clock = front.texts, front.window, front.history, front.clock
    bench = Workbench(front, folder=folder, settings=settings, rulebook=rulebook)
    room = Room(texts, window, bench, front.undoing, history, rulebook, folder.history, clock)
    desks = Desks(
        bench=bench,
        rules=RulesDesk(program_texts, window, bench, books, folder.history, clock),
        histories=HistoryDesk(room),
        meeting=MeetingDesk(texts, window, bench, front.meeting_button),
        keeping=KeepingDesk(room),
        lists=ListsDesk(room),
        transfer=TransferDesk(room),
        comparing=CompareDesk(room, books),
        packing=PackDesk(room, books),
        moving=MovingDesk(texts, window, bench, folder, history),
        help=HelpDesk(texts, window, bench, books, folder),
    )
    front.theme.changed.connect(bench.keep_text_size)
    # It may have been changed already.
    bench.keep_text_size()
    _pass_on_what_the_bench_is_asked(bench, desks)
    _pass_on_what_desks_are_asked(desks)
    _end_with_the_window(window, desks)
    return desks


def _pass_on_what_the_bench_is_asked(bench: Workbench, desks: Desks) -> None:
    for asked, who in (
        (bench.backups_requested, desks.keeping.show_backups),
        (bench.back_up_requested, desks.keeping.back_up_and_say),
        (bench.last_backup_requested, desks.keeping.last_backup),
        (bench.history_requested, desks.histories.show_history),
        (bench.compare_requested, desks.comparing.compare_result),
        (bench.compare_with_today_requested, desks.comparing.compare_with_today),
        (bench.cases_requested, desks.transfer.open_cases),
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
