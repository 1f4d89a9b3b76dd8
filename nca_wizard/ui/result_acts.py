"""What can be made of a result, after its actions: days, points, letters."""

from PySide6.QtWidgets import QWidget

from nca_wizard.ui.result_acting import Acting
from nca_wizard.ui.result_dates import DatesCard, has_days
from nca_wizard.ui.result_letters import LettersCard
from nca_wizard.ui.result_parts import View
from nca_wizard.ui.result_points import PointsCard
from nca_wizard.ui.widgets import Card


def acting_cards(view: View, acting: Acting, parent: QWidget) -> list[Card]:
    """Those for which the result has something."""
    rec = view.rec
    made: list[Card] = []
    if has_days(acting):
        made.append(DatesCard(acting, view.work, parent))
    if rec.points:
        made.append(PointsCard(view, parent))
    if any(action.letters for action in rec.plan or rec.in_place):
        made.append(LettersCard(acting, parent))
    return made
