"""What the first page does without: each is loaded when it is first asked for.

    from nca_wizard.ui import later
    later.ResultPage(texts)

Together they take as long to load as the first page takes to show.
"""

from typing import TYPE_CHECKING

__all__ = [
    "COLUMNS",
    "Acting",
    "BackupsPage",
    "Beside",
    "CasePage",
    "CaseSession",
    "CaseWork",
    "CheckPage",
    "Columns",
    "ComparePage",
    "DeletedPage",
    "Engine",
    "HistoryPage",
    "Lines",
    "ListView",
    "MeetingResultPage",
    "MeetingStartPage",
    "ResultPage",
    "Searcher",
    "SettingsPage",
    "Side",
    "case_dialogs",
    "case_file",
    "cases_file",
    "compared",
    "evaluated",
    "found_beside",
    "interview",
    "last_said",
    "page_for",
    "said_today",
    "why_they_differ",
]

if TYPE_CHECKING:
    from nca_wizard.exchange import case_file, cases_file
    from nca_wizard.report.compared import Side, compared, why_they_differ
    from nca_wizard.rules import interview
    from nca_wizard.rules.engine import Engine
    from nca_wizard.ui import case_dialogs
    from nca_wizard.ui.backups_page import BackupsPage, last_said
    from nca_wizard.ui.beside import Beside, found_beside
    from nca_wizard.ui.case_page import CasePage
    from nca_wizard.ui.case_pages import page_for
    from nca_wizard.ui.case_work import CaseWork
    from nca_wizard.ui.check_page import CheckPage
    from nca_wizard.ui.compare_page import ComparePage
    from nca_wizard.ui.compare_work import evaluated
    from nca_wizard.ui.deleted_page import DeletedPage
    from nca_wizard.ui.history_columns import Columns
    from nca_wizard.ui.history_lines import COLUMNS, Lines
    from nca_wizard.ui.history_page import HistoryPage
    from nca_wizard.ui.history_search import Searcher
    from nca_wizard.ui.history_view import ListView
    from nca_wizard.ui.meeting_result import MeetingResultPage
    from nca_wizard.ui.meeting_start import MeetingStartPage
    from nca_wizard.ui.older_rules import said_today
    from nca_wizard.ui.result_acting import Acting
    from nca_wizard.ui.result_page import ResultPage
    from nca_wizard.ui.session import CaseSession
    from nca_wizard.ui.settings_page import SettingsPage
else:
    from importlib import import_module

    _MODULES = {
        "case_file": "nca_wizard.exchange.case_file",
        "cases_file": "nca_wizard.exchange.cases_file",
        "compared": "nca_wizard.report.compared",
        "Side": "nca_wizard.report.compared",
        "why_they_differ": "nca_wizard.report.compared",
        "ComparePage": "nca_wizard.ui.compare_page",
        "evaluated": "nca_wizard.ui.compare_work",
        "interview": "nca_wizard.rules.interview",
        "Engine": "nca_wizard.rules.engine",
        "case_dialogs": "nca_wizard.ui.case_dialogs",
        "CasePage": "nca_wizard.ui.case_page",
        "page_for": "nca_wizard.ui.case_pages",
        "CaseWork": "nca_wizard.ui.case_work",
        "CheckPage": "nca_wizard.ui.check_page",
        "BackupsPage": "nca_wizard.ui.backups_page",
        "last_said": "nca_wizard.ui.backups_page",
        "Beside": "nca_wizard.ui.beside",
        "found_beside": "nca_wizard.ui.beside",
        "DeletedPage": "nca_wizard.ui.deleted_page",
        "COLUMNS": "nca_wizard.ui.history_lines",
        "Columns": "nca_wizard.ui.history_columns",
        "HistoryPage": "nca_wizard.ui.history_page",
        "Lines": "nca_wizard.ui.history_lines",
        "ListView": "nca_wizard.ui.history_view",
        "Searcher": "nca_wizard.ui.history_search",
        "MeetingResultPage": "nca_wizard.ui.meeting_result",
        "MeetingStartPage": "nca_wizard.ui.meeting_start",
        "said_today": "nca_wizard.ui.older_rules",
        "Acting": "nca_wizard.ui.result_acting",
        "ResultPage": "nca_wizard.ui.result_page",
        "CaseSession": "nca_wizard.ui.session",
        "SettingsPage": "nca_wizard.ui.settings_page",
    }

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(name)
        module = import_module(_MODULES[name])
        return getattr(module, name, module)
