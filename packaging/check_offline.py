"""Runs every function of the program where making a network socket is death: see `offline.py`.

    PYTHONPATH=. python packaging/check_offline.py        the checkout
    ... PROGRAM                                           a packaged one
    ... --pictures FOLDER                                 and a picture of each page it went to
    ... --strict                                          and nowhere without an empty network

Fails too when a command of the command line or of the window's menus was not among what ran. The
window is used with the keyboard: see `window_walk.py`.

Printers are listed by libcups, which is sent to a printing service of our own here. Where it asks
when nobody sends it anywhere is watched apart, with --strict: this computer and nowhere else.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

from display_in_memory import display_in_memory
from nca_wizard.__main__ import COMMANDS
from nca_wizard.report.page import Copy
from nca_wizard.rules.model.answers import LetterTo
from nca_wizard.updates.container import KEY_FILE
from tests.ui.cups import Service, printing_service
from tests.ui.rules_updates import CSP_UNCLEAR, PUBLIC_KEY, update_file
from window_walk import Fault, Walk, verdict, walked

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
SAMPLE = RESOURCES / "sample" / "scenario-b.ncacase"
GUARD = (sys.executable, str(ROOT / "packaging" / "offline.py"))
LIST = """\
name,channel,products,metrics
Fabrikam,enterprise_agreement,sales,net_customer_adds
Adatum,csp_direct_bill,business_central,usage_growth
"""
WITH_A_REJECTED_ROW = f"{LIST}Litware,by post,sales,net_customer_adds\n"
DAYS = ("--as-of", "2026-11-22", "--start", "2026-11-23")

SAMPLE_TITLE = "Contoso AB (Sample) - NCA Wizard"
# Where the program's menus come from; the texts with & are their titles.
MENUS = ("commands.py", "main_window.py")
# Says how often Tab is pressed on the sample's result until a button has the focus.
COUNT_TABS = """
import sys, tempfile
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from nca_wizard.paths import DataFolder
from nca_wizard.ui.application import make_application
from nca_wizard.ui.program import Program
from nca_wizard.ui.clock import now

app = make_application()
with tempfile.TemporaryDirectory() as folder:
    program = Program(app, DataFolder(Path(folder)), now)
    program.window.show()
    program.window.activateWindow()
    program.load(Path(sys.argv[1]))
    program.workbench.go_on()
    for count in range(200):
        app.processEvents()
        if getattr(app.focusWidget(), "text", str)() == sys.argv[2]:
            print(count)
            break
        QTest.keyClick(app.focusWidget(), Qt.Key.Key_Tab)
    program.window.close()
"""
NO_COMMANDS = {"&File", "&Edit", "&View", "&Tools", "&Help"}
WRITTEN = {
    *("page.pdf", "case.ncacase", "all.ncacase", "one.ncacase"),
    *("days.ics", "letter.eml", "rejected.csv"),
}

# As strace writes it: the port of IPP, on this computer.
_PRINTING_SERVICE = re.compile(
    r'port=htons\(631\).*(inet_addr\("127\.0\.0\.1"\)|"::1", &sin6_addr)'
)


class Place:
    """A person who has never used the program, with a printer, and files to work with."""

    def __init__(self, folder: Path, program: Path | None, service: Service) -> None:
        self.folder = folder
        self.service = service
        self.program = copied(folder, program)
        self.list = folder / "customers.csv"
        self.list.write_text(WITH_A_REJECTED_ROW, encoding="utf-8")
        self.update = update_file(folder / "rules.ncarules", CSP_UNCLEAR)

    def environment(self, home: str, display: str = "") -> dict[str, str]:
        """Each with a home of its own: what is said in one is not known in another."""
        person = self.folder / home
        person.mkdir(mode=0o700, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(person),
            "XDG_RUNTIME_DIR": str(person),
            "CUPS_SERVER": self.service.address,
            "QT_QPA_PLATFORM": "xcb" if display else "offscreen",
            "DISPLAY": display,
            # The copy that is used, or for a packaged program the checkout to count in.
            "PYTHONPATH": os.pathsep.join((str(self.folder), str(ROOT))),
        }

    def tabs_to(self, button: str) -> int:
        """From the beginning of the result page; counted in the checkout, without a display."""
        command = [sys.executable, "-c", COUNT_TABS, str(SAMPLE), button]
        counted = subprocess.run(
            command, env=self.environment("counting"), capture_output=True, text=True, check=True
        )
        return int(counted.stdout)

    def backups(self) -> int:
        """How many there are; what is put back gives way to nothing without one more."""
        return len(list(self.folder.glob("desktop/**/backups/*.sqlite")))


def copied(folder: Path, program: Path | None) -> list[str]:
    """The command of a copy that takes rules updates: it has a key, which only releases have."""
    if program is None:
        shutil.copytree(ROOT / "nca_wizard", folder / "nca_wizard")
        resources = folder / "resources"
        shutil.copytree(RESOURCES, resources)
        # -P: not the modules of the folder this is started in.
        command = [sys.executable, "-P", "-m", "nca_wizard"]
    else:
        bundle = folder / "program"
        shutil.copytree(program.resolve().parent, bundle, symlinks=True)
        resources = bundle / "_internal" / "resources"
        command = [str(bundle / program.resolve().name)]
    (resources / KEY_FILE).write_text(f"{PUBLIC_KEY.hex()}\n", encoding="ascii")
    return command


# --- Without a window ------------------------------------------------------------------------


def commands(folder: Path, update: Path) -> Iterator[tuple[str, ...]]:
    """Everything that needs no window, with every option."""
    sample, rows, drafts = str(SAMPLE), folder / "rows.csv", folder / "letters"
    rows.write_text(LIST, encoding="utf-8")
    drafts.mkdir()
    yield ("--version",)
    yield ("--help",)
    yield ("--self-check",)
    yield ("evaluate", sample)
    yield ("evaluate", sample, "--json", *DAYS[:2])
    for ending in ("csv", "xlsx", "json"):
        yield ("evaluate", str(rows), "--out", str(folder / f"result.{ending}"))
    yield ("evaluate", str(folder / "result.xlsx"), "--out", str(folder / "again.csv"))
    yield ("evaluate", str(rows), "--out", str(folder / "again.csv"), "--force")
    for copy in get_args(Copy):
        for paper in ("a4", "letter"):
            out = ("--out", str(folder / f"{copy}.pdf"), "--force")
            yield ("print", sample, "--copy", copy, "--paper", paper, *DAYS, *out)
    yield ("letters", sample)
    for to in get_args(LetterTo):
        out = ("--out", str(drafts), "--force")
        yield ("letters", sample, "--to", to, *DAYS, *out)
    yield ("calendar", sample, *DAYS, "--out", str(folder / "days.ics"), "--force")
    yield ("questions",)
    yield ("questions", "--json")
    yield ("proof",)
    yield ("proof", str(RESOURCES), "--json")
    yield ("compare-rules", str(RESOURCES), str(RESOURCES))
    yield ("compare-rules", str(RESOURCES), str(RESOURCES), "--json")
    yield ("import-rules", str(update), "--yes")
    yield ("rules",)


def check_commands(place: Place, guard: Sequence[str]) -> None:
    ran = set()
    folder = place.folder / "files"
    folder.mkdir()
    for arguments in commands(folder, place.update):
        ended = subprocess.run(
            [*guard, *place.program, *arguments],
            env=place.environment("terminal"),
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode != 0:
            raise Fault(f"{arguments[0]} {verdict(ended.returncode)}: {ended.stderr[-2000:]}")
        ran.add(arguments[0])
        said = " ".join(arguments)
        for where in (place.folder, ROOT):
            said = said.replace(f"{where}/", "")
        print(f"    {said}", flush=True)
    if COMMANDS - ran:
        raise Fault(f"not among the commands that ran: {sorted(COMMANDS - ran)}")


# --- The window ------------------------------------------------------------------------------


def commands_of_menus() -> set[str]:
    """The title of every command of the window."""
    sources = [(ROOT / "nca_wizard" / "ui" / name).read_text(encoding="utf-8") for name in MENUS]
    titles = {
        title for source in sources for title in re.findall(r't(?:exts)?\("([^"]*&.*?)"', source)
    }
    return titles - NO_COMMANDS


def the_whole_window(walk: Walk, place: Place) -> None:
    """Every command, and what else there is to do.

    In a field the cursor blinks: there a key that does nothing goes unnoticed.
    """
    files = place.folder / "window"
    files.mkdir()
    walk.until_titled(SAMPLE_TITLE)
    walk.to("the result", "Return")
    _give_away(walk, files, place)
    _use_result(walk, files, place)
    _bring_in(walk, files, place)
    _look_after(walk, place)
    _change_rules(walk, place)
    _begin_a_case(walk)
    _settle_in(walk)


def _give_away(walk: Walk, files: Path, place: Place) -> None:
    walk.do("&Print or PDF…", "ctrl+p")
    walk.to_dialog("Save as PDF", "alt+s")
    walk.name_file("the PDF", files / "page.pdf")
    walk.to_dialog("Print", "alt+p")
    walk.to("printed", "Return")
    place.service.printed()
    walk.do("&Back", "alt+Left")
    walk.do("Save case &as…", "ctrl+shift+s", dialog="Save case as")
    walk.name_file("the case file", files / "case.ncacase")
    walk.do("&Export…", "ctrl+e", dialog="Export")
    walk.name_file("everything in a file", files / "all.ncacase")
    walk.do("Export t&his case…", "alt+f", "h", dialog="Export this case")
    walk.name_file("this case in a file", files / "one.ncacase")


def _use_result(walk: Walk, files: Path, place: Place) -> None:
    """From one field or button to the next; the first letter comes after the calendar."""
    walk.to("its answers to edit", "alt+a")
    walk.to("the result again", "Return")
    walk.to("the days", *["Tab"] * place.tabs_to("Save for the calendar…"))
    walk.to_dialog("Save for the calendar", "space")
    walk.name_file("the calendar", files / "days.ics")
    walk.to("the first letter", "Tab", "Tab", "space")
    walk.to("the letter copied", "Tab", "space")
    walk.to_dialog("Save as a draft", "Tab", "space")
    walk.name_file("the draft", files / "letter.eml")


def _bring_in(walk: Walk, files: Path, place: Place) -> None:
    walk.do("&Close case", "ctrl+w")
    walk.do("&Open a case file…", "ctrl+o", dialog="Open a case file")
    walk.name_file("what the file holds", files / "all.ncacase")
    walk.do("&Import a list…", "alt+f", "i", dialog="Import a list")
    walk.name_file("the columns of the list", place.list)
    walk.to("the rejected row", "Return")
    walk.to_dialog("Save the rejected rows", "alt+s")
    walk.name_file("the rejected row in a file", files / "rejected.csv")
    walk.do("&Undo", "ctrl+z")
    walk.do("&Redo", "ctrl+shift+z")


def _look_after(walk: Walk, place: Place) -> None:
    walk.do("&History", "ctrl+h")
    walk.do("Co&mpare…", "ctrl+d")
    walk.do("&Find in the history", "ctrl+f")
    walk.do("Re&name", "F2")
    walk.to("the name as it was", "Escape")
    walk.do("&Delete", "alt+e", "d")
    walk.do("Po&rtfolio", "alt+v", "r")
    walk.do("&Deleted cases", "alt+v", "d")
    walk.to("whether to delete for good", "Tab", "Tab", "space")
    walk.to("deleted for good", "alt+g")
    walk.do("&Backups", "alt+t", "b")
    walk.to("backed up", "alt+u")
    walk.to("whether to put it back", "Tab", "Tab", "Tab", "space")
    before = place.backups()
    walk.to("put back", "alt+b")
    walk.until(lambda: place.backups() > before, "nothing was put back")


def _change_rules(walk: Walk, place: Place) -> None:
    walk.do("&What changed in the rules", "alt+h", "w")
    walk.do("&Import rules update…", "alt+t", "i", dialog="Import rules update")
    walk.name_file("what the update changes", place.update)
    walk.to("the new rules", "alt+u")
    walk.do("&About NCA Wizard", "alt+h", "a", dialog="About NCA Wizard")
    walk.to_dialog("Licences", "alt+i")
    walk.to("about", "Escape")
    walk.to("the rules", "Escape")


def _begin_a_case(walk: Walk) -> None:
    walk.do("&New case", "ctrl+n")
    walk.to("a name that is missing", "Return")
    walk.to("another field", "Tab")
    walk.do("Next &problem", "F8")
    walk.type("Copied")
    walk.do("Select &all", "ctrl+a")
    walk.do("Cu&t", "ctrl+x")
    walk.do("&Paste", "ctrl+v")
    walk.do("&Copy", "ctrl+a", "ctrl+c")
    walk.do("&Save now", "ctrl+s")
    walk.to("the next page", "Return")
    walk.do("Answers so &far", "F6")
    walk.do("Step &%(step)d", "ctrl+1")
    walk.do("Meeting m&ode", "ctrl+shift+m")
    walk.to("not in a meeting", "ctrl+shift+m")


def _settle_in(walk: Walk) -> None:
    walk.do("New case li&ke an earlier one…", "ctrl+shift+n")
    walk.do("&Settings", "ctrl+comma")
    walk.do("&Help for this page", "F1")
    walk.to("the settings", "Escape")
    walk.do("&Larger text", "ctrl+plus")
    walk.do("S&maller text", "ctrl+minus")
    walk.to("larger text again", "ctrl+plus")
    walk.do("&Usual text size", "ctrl+0")
    walk.to("another language", "Tab", "End")
    walk.to("the first language again", "Tab", "Home")
    walk.do("&Start", "alt+Home")


def check_window(place: Place, guard: Sequence[str], pictures: Path | None) -> None:
    """Walk through the window, let a second start hand over a file, then quit."""
    with display_in_memory() as display:
        environment = place.environment("desktop", display.name)
        command = [*guard, *place.program, str(SAMPLE)]
        with walked(command, environment, display, pictures) as walk:
            the_whole_window(walk, place)
            second = subprocess.run(command, env=environment, check=False)
            if second.returncode != 0:
                raise Fault(f"the second start {verdict(second.returncode)}")
            walk.until_titled(SAMPLE_TITLE)
            walk.quit()
    written = {path.name for path in (place.folder / "window").iterdir()}
    if written != WRITTEN:
        raise Fault(f"the window wrote {sorted(written)}, not {sorted(WRITTEN)}")
    left_out = commands_of_menus() - walk.done
    if left_out:
        raise Fault(f"not among the commands that were done: {sorted(left_out)}")


def check_printers(place: Place) -> None:
    """Where libcups asks for printers when nobody says where: this computer's own service."""
    environment = place.environment("printers")
    del environment["CUPS_SERVER"]
    calls = place.folder / "calls.txt"
    traced = ["strace", "-f", "-qq", "-e", "trace=%network", "-o", str(calls), *place.program]
    with display_in_memory() as display:
        environment |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display.name}
        with walked([*traced, str(SAMPLE)], environment, display, None) as walk:
            walk.until_titled(SAMPLE_TITLE)
            walk.to("the result", "Return")
            walk.to("the printers", "ctrl+p")
            walk.quit()
    asked = strangers(calls.read_text(encoding="utf-8", errors="replace").splitlines())
    if asked:
        raise Fault(f"somebody else was asked: {asked}")


def strangers(calls: Sequence[str]) -> list[str]:
    """The calls that name anybody but a process of this computer or its printing service."""
    addressed = [call for call in calls if "sa_family=" in call or "socket(" in call]
    if not any(_PRINTING_SERVICE.search(call) for call in addressed):
        return ["nobody: no printer was looked for"]
    return [
        call
        for call in addressed
        if "AF_UNIX" not in call
        and not _PRINTING_SERVICE.search(call)
        and not re.search(r" socket\(AF_INET6?, SOCK_STREAM", call)
    ]


def check_guard(guard: Sequence[str]) -> None:
    """What is forbidden is noticed, and what is allowed works."""
    make = "import socket; socket.socket(socket.{}).close()"
    for family, code in (("AF_UNIX", 0), ("AF_INET", -signal.SIGSYS), ("AF_INET6", -signal.SIGSYS)):
        made = subprocess.run([*guard, sys.executable, "-c", make.format(family)], check=False)
        if made.returncode != code:
            raise Fault(f"the guard itself fails: {family} ended with {made.returncode}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Nothing here needs a network.")
    parser.add_argument("program", nargs="?", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    guard = [*GUARD, *(["--strict"] if options.strict else [])]
    if options.pictures is not None:
        options.pictures.mkdir(parents=True, exist_ok=True)
    try:
        check_guard(guard)
        with tempfile.TemporaryDirectory(prefix="nca") as folder:
            # The printing service works as another user.
            Path(folder).chmod(0o755)
            with printing_service(Path(folder) / "cups") as service:
                place = Place(Path(folder), options.program, service)
                check_commands(place, guard)
                check_window(place, guard, options.pictures)
                if options.strict:
                    check_printers(place)
    except Fault as fault:
        print(f"FAILED: {fault}")
        return 1
    print("No socket but local ones.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
