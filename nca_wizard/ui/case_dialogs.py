"""Asking for case files: which one to open, where to save."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from nca_wizard.exchange import ENDING, case_file
from nca_wizard.exchange.file_names import suggested_name
from nca_wizard.texts import Texts
from nca_wizard.ui import last_folder
from nca_wizard.ui.case_values import ShownResult
from nca_wizard.ui.session import CaseSession


def ask_to_open(texts: Texts, parent: QWidget) -> Path | None:
    """The file the person picked, None if none."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, texts("Open a case file"), last_folder.proposed(), _kinds(texts)
    )
    if not chosen:
        return None
    path = Path(chosen)
    last_folder.remember(path)
    return path


def case_of(session: CaseSession | None, result: ShownResult | None) -> case_file.CaseFile | None:
    """What a case file of the open case, or else of the result, would say."""
    if session is not None:
        return case_file.CaseFile(session.in_play(), session.as_of, session.customer)
    if result is None:
        return None
    recommendation = result.finished.recommendation
    return case_file.CaseFile(
        recommendation.answers, recommendation.rulebook.as_of, result.finished.customer
    )


def ask_and_write(texts: Texts, parent: QWidget, case: case_file.CaseFile) -> Path | None:
    """Write the case where the person says; where that was, None for nowhere. CannotWrite."""
    name = ""
    if case.customer is not None and case.as_of is not None:
        name = suggested_name(case.customer.name, case.as_of, ENDING)
    chosen, _ = QFileDialog.getSaveFileName(
        parent, texts("Save case as"), last_folder.proposed(name), _kinds(texts)
    )
    if not chosen:
        return None
    path = Path(chosen)
    last_folder.remember(path)
    if path.suffix.lower() != ENDING:
        path = path.with_name(path.name + ENDING)
    # The dialog asked before it let an existing file be chosen, but only under that very name.
    case_file.write(path, case, overwrite=path == Path(chosen))
    return path


def _kinds(texts: Texts) -> str:
    return texts("Case files") + f" (*{ENDING})"
