"""What a window has behind its front: the bench and every desk."""

from dataclasses import dataclass

from nca_wizard.ui.compare_desk import CompareDesk
from nca_wizard.ui.help_desk import HelpDesk
from nca_wizard.ui.history_desk import HistoryDesk
from nca_wizard.ui.keeping_desk import KeepingDesk
from nca_wizard.ui.lists_desk import ListsDesk
from nca_wizard.ui.meeting_desk import MeetingDesk
from nca_wizard.ui.moving_desk import MovingDesk
from nca_wizard.ui.pack_desk import PackDesk
from nca_wizard.ui.rules_desk import RulesDesk
from nca_wizard.ui.transfer_desk import TransferDesk
from nca_wizard.ui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Desks:
    """All of one window, by what they look after."""

    bench: Workbench
    rules: RulesDesk
    histories: HistoryDesk
    meeting: MeetingDesk
    keeping: KeepingDesk
    lists: ListsDesk
    transfer: TransferDesk
    comparing: CompareDesk
    moving: MovingDesk
    help: HelpDesk
    packing: PackDesk

    def finish(self) -> None:
        """End what runs beside the window, before the window goes."""
        for desk in (
            self.rules,
            self.histories,
            self.keeping,
            self.lists,
            self.transfer,
            self.comparing,
            self.packing,
        ):
            desk.finish()
