"""Every command of the window with its menu and its key. No command without something to do."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui import later
from nca_wizard.ui.asking import Act, Ask
from nca_wizard.ui.buttons import Button
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.steps import LAST_STEP_OF_CUSTOMER, STEPS
from nca_wizard.ui.theme import Theme

if TYPE_CHECKING:
    from nca_wizard.ui.desks import Desks
    from nca_wizard.ui.workbench import Workbench


def add_commands(t: Texts, window: MainWindow, theme: Theme, ask: Ask) -> None:
    """Fill the menus. What a desk has to do is asked of it when it is wanted."""

    def asked(
        menu: str,
        text: str,
        act: Act,
        shortcut: str | QKeySequence.StandardKey = "",
        key: str = "",
        *,
        for_customer: bool = False,
    ) -> QAction:
        # Asked for early, it may be closed by the time it could be done.
        return window.add_command(
            menu,
            text,
            lambda: ask(lambda desks: window.is_enabled(key or text) and act(desks)),
            shortcut,
            key,
            for_customer=for_customer,
        )

    file, edit, view = t("&File"), t("&Edit"), t("&View")
    tools, help_menu = t("&Tools"), t("&Help")
    standard = QKeySequence.StandardKey
    asked(file, t("&New case"), lambda desks: desks.bench.new_case(), "Ctrl+N", for_customer=True)
    asked(
        file,
        t("New case li&ke an earlier one…"),
        lambda desks: desks.histories.new_case_like(),
        "Ctrl+Shift+N",
    )
    asked(file, t("&Open a case file…"), lambda desks: desks.bench.ask_for_file(), "Ctrl+O")
    asked(file, t("&Import a list…"), lambda desks: desks.lists.ask_for_list())
    asked(file, t("&Export…"), lambda desks: desks.histories.export(), "Ctrl+E")
    asked(
        file,
        t("Export t&his case…"),
        lambda desks: desks.transfer.ask_to_export_case(),
        key="export_case",
    )
    window.add_separator(file)
    asked(
        file,
        t("&Save now"),
        lambda desks: desks.bench.save(),
        "Ctrl+S",
        key="save",
        for_customer=True,
    )
    asked(
        file,
        t("Save case &as…"),
        lambda desks: desks.bench.save_case_as(),
        "Ctrl+Shift+S",
        "save_as",
    )
    asked(
        file,
        t("&Print or PDF…"),
        lambda desks: desks.bench.print_result(),
        "Ctrl+P",
        key="print",
        for_customer=True,
    )
    window.add_separator(file)
    asked(
        file,
        t("&Close case"),
        lambda desks: desks.bench.close_case(),
        "Ctrl+W",
        key="close",
        for_customer=True,
    )
    window.add_command(file, t("&Quit"), window.close, "Ctrl+Q", for_customer=True)

    window.add_editing(edit)
    window.add_separator(edit)
    asked(edit, t("&Find in the history"), lambda desks: desks.histories.find(), standard.Find)
    asked(edit, t("Co&mpare…"), lambda desks: desks.comparing.compare_chosen(), "Ctrl+D")
    asked(edit, t("Re&name"), lambda desks: desks.histories.rename(), "F2", "rename")
    asked(
        edit, t("&Delete"), lambda desks: desks.histories.delete_chosen(), standard.Delete, "delete"
    )

    asked(view, t("&Start"), lambda desks: desks.bench.show_start(), "Alt+Home", for_customer=True)
    asked(view, t("&History"), lambda desks: desks.histories.show_history(), "Ctrl+H")
    asked(view, t("&Deleted cases"), lambda desks: desks.keeping.show_deleted())
    asked(view, t("Po&rtfolio"), lambda desks: desks.transfer.show_portfolio())
    asked(
        view,
        t("&Back"),
        lambda desks: _go_back(t, window, desks.bench),
        "Alt+Left",
        for_customer=True,
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
        asked(
            view,
            t("Step &%(step)d") % {"step": step},
            partial(_jump_to_step, step),
            f"Ctrl+{step}",
            key=f"step{step}",
            for_customer=step <= LAST_STEP_OF_CUSTOMER,
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
    asked(
        view,
        t("Meeting m&ode"),
        lambda desks: desks.meeting.switch(),
        "Ctrl+Shift+M",
        "meeting",
        for_customer=True,
    ).setCheckable(True)

    asked(tools, t("&Settings"), lambda desks: desks.bench.show_settings(), "Ctrl+,")
    asked(tools, t("&Backups"), lambda desks: desks.keeping.show_backups())

    window.add_separator(tools)
    asked(
        tools, t("&Import rules update…"), lambda desks: desks.rules.ask_for_update(), key="update"
    )

    asked(
        help_menu,
        t("&Help for this page"),
        lambda desks: desks.help.show_help(),
        "F1",
        "help",
        for_customer=True,
    )
    asked(help_menu, t("&What changed in the rules"), lambda desks: desks.rules.show_changes())
    asked(
        help_menu,
        t("&About NCA Wizard"),
        lambda desks: desks.help.show_about(),
        key="about",
        for_customer=True,
    )


def _jump_to_step(step: int, desks: "Desks") -> None:
    desks.bench.jump_to_step(step)


def _go_back(t: Texts, window: MainWindow, bench: "Workbench") -> None:
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
