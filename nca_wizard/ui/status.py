"""What the window says of what is open: saved or not, whose case, which commands make sense."""

from pathlib import Path
from typing import TYPE_CHECKING

from nca_wizard.history.place import risk_here
from nca_wizard.texts import Texts
from nca_wizard.ui import later
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.steps import STEPS

if TYPE_CHECKING:
    from nca_wizard.ui.case_values import ShownResult


def saved(
    t: Texts, clock: Clock, session: "later.CaseSession | None", result: "ShownResult | None"
) -> str:
    """Whether what is open is on the disk; "" where there is nothing to save."""
    if session is not None:
        if not session.is_saved:
            return not_saved(t, session)
        if session.saved_at is None:
            return ""
        at = session.saved_at.astimezone(clock().tzinfo)
        return t("Saved %(time)s") % {"time": at.strftime("%H:%M")}
    if result is None:
        return ""
    if result.finished.evaluation is None:
        return t("Not saved")
    return t("Saved in the history")


def data(t: Texts, folder: Path) -> str:
    """Where the data is, as far as that can be told."""
    found = risk_here(folder)
    match found[0] if found else None:
        case "network":
            return t("Data: on a network drive")
        case "synchronised":
            return t("Data: in a synchronised folder")
        case _:
            return t("Data: this laptop only")


def not_saved(t: Texts, session: "later.CaseSession") -> str:
    """Why the disk does not have it, "" while nothing went wrong."""
    if session.not_saved is None:
        return ""
    # Most faults of the history begin with it, for where they stand alone.
    begins = t("Not saved: %(why)s") % {"why": ""}
    return begins + session.not_saved.said(t).removeprefix(begins)


def lost_if_closed(t: Texts, session: "later.CaseSession") -> str:
    """The same when the window is about to close, and what closing it once more does."""
    lost = t("If you close the window again, these answers are lost.")
    return f"{not_saved(t, session)} {lost}"


def customer_name(session: "later.CaseSession | None", result: "ShownResult | None") -> str:
    """Whose case is open, "" if none."""
    if session is not None:
        return session.customer.name
    return result.finished.customer.name if result is not None else ""


def commands(session: "later.CaseSession | None", result: "ShownResult | None") -> dict[str, bool]:
    """Which commands have something to do, by their keys."""
    something = session is not None or result is not None
    steps = {
        f"step{step}": session is not None and bool(session.page_of_step(step))
        for step in range(1, STEPS + 1)
    }
    return {
        "save": session is not None,
        "save_as": something,
        "print": result is not None,
        "export_case": result is not None and result.finished.case_id is not None,
        "close": something,
        "panel": session is not None,
        **steps,
    }
