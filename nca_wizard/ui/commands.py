"""Every command of the window with its menu and its key. No command without something to do."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui import later
from nca_wizard.ui.buttons import Button
from nca_wizard.ui.desks import Desks
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.meeting_book import LAST_STEP
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.words import STEPS
from nca_wizard.ui.workbench import Workbench


def add_commands(
    t: Texts,
    window: MainWindow,
    desks: Desks,
    theme: Theme,
    help_for_page: Callable[[], object],
    about: Callable[[], object],
) -> None:
    """Fill the menus."""
    bench, histories, keeping = desks.bench, desks.histories, desks.keeping
    file, edit, view = t("&File"), t("&Edit"), t("&View")
    tools, help_menu = t("&Tools"), t("&Help")
    standard = QKeySequence.StandardKey
    window.add_command(file, t("&New case"), bench.new_case, "Ctrl+N", for_customer=True)
    window.add_command(
        file, t("New case li&ke an earlier one…"), histories.new_case_like, "Ctrl+Shift+N"
    )
    window.add_command(file, t("&Open a case file…"), bench.ask_for_file, "Ctrl+O")
    window.add_command(file, t("&Import a list…"), desks.lists.ask_for_list)
    window.add_command(file, t("&Export…"), histories.export, "Ctrl+E")
    window.add_command(
        file, t("Export t&his case…"), desks.transfer.ask_to_export_case, key="export_case"
    )
    window.add_separator(file)
    window.add_command(file, t("&Save now"), bench.save, "Ctrl+S", key="save", for_customer=True)
    window.add_command(file, t("Save case &as…"), bench.save_case_as, "Ctrl+Shift+S", "save_as")
    window.add_command(
        file, t("&Print or PDF…"), bench.print_result, "Ctrl+P", key="print", for_customer=True
    )
    window.add_separator(file)
    window.add_command(
        file, t("&Close case"), bench.close_case, "Ctrl+W", key="close", for_customer=True
    )
    window.add_command(file, t("&Quit"), window.close, "Ctrl+Q", for_customer=True)

    window.add_editing(edit)
    window.add_separator(edit)
    window.add_command(edit, t("&Find in the history"), histories.find, standard.Find)
    window.add_command(edit, t("Co&mpare…"), desks.comparing.compare_chosen, "Ctrl+D")
    window.add_command(edit, t("Re&name"), histories.rename, "F2", "rename")
    window.add_command(edit, t("&Delete"), histories.delete_chosen, standard.Delete, "delete")

    window.add_command(view, t("&Start"), bench.show_start, "Alt+Home", for_customer=True)
    window.add_command(view, t("&History"), histories.show_history, "Ctrl+H")
    window.add_command(view, t("&Deleted cases"), keeping.show_deleted)
    window.add_command(view, t("Po&rtfolio"), desks.transfer.show_portfolio)
    window.add_command(
        view, t("&Back"), lambda: _go_back(t, window, bench), "Alt+Left", for_customer=True
    )
    window.add_command(
        view,
        t("Answers so &far"),
        lambda: _show_panel(window),
        "F6",
        key="panel",
        for_customer=True,
    )
    window.add_hidden_shortcut("Shift+F6", lambda: _show_panel(window, backwards=True))
    window.add_command(
        view, t("Next &problem"), lambda: _next_problem(window), "F8", for_customer=True
    )
    window.add_separator(view)
    for step in range(1, STEPS + 1):
        window.add_command(
            view,
            t("Step &%(step)d") % {"step": step},
            partial(bench.jump_to_step, step),
            f"Ctrl+{step}",
            key=f"step{step}",
            for_customer=step <= LAST_STEP,
        )
    window.add_separator(view)
    window.add_command(
        view, t("&Larger text"), theme.larger_text, standard.ZoomIn, for_customer=True
    )
    window.add_command(
        view, t("S&maller text"), theme.smaller_text, standard.ZoomOut, for_customer=True
    )
    window.add_command(
        view, t("&Usual text size"), lambda: theme.set_text_size(100), "Ctrl+0", for_customer=True
    )
    # On most keyboards + is Shift+=, and people press what is printed on the key.
    window.add_hidden_shortcut("Ctrl+=", theme.larger_text)
    window.add_separator(view)
    window.add_command(
        view, t("Meeting m&ode"), desks.meeting.switch, "Ctrl+Shift+M", "meeting", for_customer=True
    ).setCheckable(True)

    window.add_command(tools, t("&Settings"), bench.show_settings, "Ctrl+,")
    window.add_command(tools, t("&Backups"), keeping.show_backups)

    window.add_separator(tools)
    update = window.add_command(tools, t("&Import rules update…"), desks.rules.ask_for_update)
    update.setEnabled(not desks.rules.import_closed)
    update.setToolTip(desks.rules.import_closed or update.toolTip())

    window.add_command(
        help_menu,
        t("&Help for this page"),
        help_for_page,
        "F1",
        "help",
        for_customer=True,
    )
    window.add_command(help_menu, t("&What changed in the rules"), desks.rules.show_changes)
    window.add_command(help_menu, t("&About NCA Wizard"), about, key="about", for_customer=True)


def _go_back(t: Texts, window: MainWindow, bench: Workbench) -> None:
    """Press the Back of the page; a result has none, and goes back to its answers."""
    buttons = window.page.findChildren(Button) if window.page is not None else []
    for button in buttons:
        if button.text() == t("&Back") and button.isVisible():
            button.click()
            return
    bench.go_back()


def _show_panel(window: MainWindow, *, backwards: bool = False) -> None:
    """Go round: contents, answers so far, command bar; or the other way."""
    page = window.page
    if not isinstance(page, later.CasePage):
        return
    if not page.panel.isVisible() and not page.has_room_for_side:
        page.show_panel()
        return
    focused = window.focusWidget()
    round_trip = [_focus_contents, _focus_panel, _focus_bar]
    here = 1 if _inside(focused, page.panel) else 2 if _inside(focused, page.bar) else 0
    way = -1 if backwards else 1
    for step in (1, 2):
        if round_trip[(here + way * step) % 3](page):
            return


def _focus_contents(page: "later.CasePage") -> bool:
    page.take_focus()
    return True


def _focus_panel(page: "later.CasePage") -> bool:
    return page.panel.isVisible() and page.panel.take_focus()


def _focus_bar(page: "later.CasePage") -> bool:
    if page.primary is None:
        return False
    page.primary.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return True


def _inside(widget: QWidget | None, holder: QWidget) -> bool:
    return widget is not None and holder.isAncestorOf(widget)


def _next_problem(window: MainWindow) -> None:
    if isinstance(window.page, PageFrame):
        window.page.errors.jump_to_next()
