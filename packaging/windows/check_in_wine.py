"""Builds the program and its installer for Windows under wine and tries them as a person would.

    PYTHONPATH=packaging .venv/bin/python packaging/windows/check_in_wine.py [FOLDER]

Pictures of the windows go to FOLDER, build/wine/pictures unless named; look at them. The packages
it needs are those for `wine` in packaging/debian-packages.txt. Some ten minutes.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import check_bundle
import installer
import look_at_history
import version_resource
from display_in_memory import HEIGHT, WIDTH
from wine import FOLDER, ROOT, STAND_INS, Wine, windows_path, wine

SAMPLE = ROOT / "resources" / "sample" / "scenario-b.ncacase"
BUNDLE = FOLDER / "bundle" / "nca-wizard"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\NCA Wizard"
CLASSES = r"HKCU\Software\Classes"
LIMIT_MEGABYTES = 60
PATIENCE_SECONDS = 60.0
NOTHING_CHANGED = 2

WITH_A_WINDOW = tuple(line.replace("offscreen", "windows") for line in check_bundle.EXPECTED)


class Fault(Exception):
    """What is wrong, in a sentence."""


def expect(holds: object, otherwise: str) -> None:
    if not holds:
        raise Fault(otherwise)


def say(what: str) -> None:
    print(f"windows: {what}", flush=True)


class Check:
    """The installed program, step by step."""

    def __init__(self, windows: Wine, setup: Path, pictures: Path) -> None:
        self._windows = windows
        self._setup = setup
        self._pictures = pictures
        local = windows.folder_of_person("Local")
        roaming = windows.folder_of_person("Roaming")
        self._place = local / "Programs" / "NCA Wizard"
        self._data = local / "NCA Wizard"
        self._link = roaming / "Microsoft/Windows/Start Menu/Programs/NCA Wizard.lnk"
        self._window = self._place / installer.PROGRAMS[0]
        self._command = self._place / installer.PROGRAMS[1]
        self._was_at = ""

    def too_old_a_windows_is_refused(self) -> None:
        """wine begins as Windows 7."""
        ended = self._windows.run(self._setup, "/S").returncode
        expect(ended == NOTHING_CHANGED, f"on Windows 7 the installer ended with {ended}")
        expect(not self._place.exists(), "on Windows 7 something was installed")
        self._windows.run("winecfg", "-v", "win10")

    def install(self) -> None:
        ended = self._windows.run(self._setup, "/S").returncode
        expect(ended == 0, f"the installer ended with {ended}")
        found = {path.name for path in self._place.iterdir()}
        wanted = {*installer.PROGRAMS, "_internal", "case-file.ico", "uninstall.exe"}
        expect(found == wanted, f"installed were {sorted(found)}")
        check_signature(self._place / "uninstall.exe")
        expect(self._link.is_file(), "there is no entry in the Start menu")
        entry = self._windows.registry(UNINSTALL)
        version = version_resource.project_version()
        for needed in (f"DisplayVersion    REG_SZ    {version}", "QuietUninstallString"):
            expect(needed in entry, f"the list of programs lacks {needed}: {entry}")
        for ending in (".ncacase", ".ncarules"):
            expect(self._opens(ending).endswith('NCA Wizard.exe" "%1"'), f"{ending} is not ours")

    def _opens(self, ending: str) -> str:
        kind = self._windows.registered(rf"{CLASSES}\{ending}")
        return self._windows.registered(rf"{CLASSES}\{kind}\shell\open\command")

    def the_command_line_answers(self) -> None:
        checked = self._windows.run(self._command, "--self-check")
        said = checked.stdout.splitlines()
        expect(
            checked.returncode == 0
            and len(said) == len(WITH_A_WINDOW)
            and all(re.fullmatch(*pair) for pair in zip(WITH_A_WINDOW, said, strict=True)),
            f"the self-check ended with {checked.returncode} and said {checked.stdout}",
        )
        for more in ((), ("--json",)):
            there = self._windows.run(self._command, "evaluate", windows_path(SAMPLE), *more)
            here = subprocess.run(
                [str(Path(sys.executable).with_name("nca-wizard")), "evaluate", str(SAMPLE), *more],
                capture_output=True,
                encoding="utf-8",
                check=True,
            )
            expect(there.returncode == 0, f"evaluate ended with {there.returncode}")
            expect(
                there.stdout == here.stdout, f"evaluate says otherwise than here: {there.stdout}"
            )
        ended = self._windows.run(self._command, "--nonsense")
        expect(ended.returncode == 64, f"--nonsense ended with {ended.returncode}")
        expect("--nonsense" in ended.stderr, "--nonsense was not said to be wrong")

    def without_streams_it_answers_too(self) -> None:
        """The program with a window has none on Windows."""
        sample = windows_path(SAMPLE)
        for arguments in (("--version",), ("--help",), ("--self-check",), ("evaluate", sample)):
            ended = self._windows.run(*self._clicked(self._window), *arguments)
            expect(ended.returncode == 0, f"{arguments[0]} ended with {ended.returncode}")
            expect(not ended.stdout, f"{arguments[0]} has a stream after all: {ended.stdout}")
        asked = self._windows.start(*self._clicked(self._window), "gone.ncacase")
        self._until_titled("NCA Wizard")
        self._picture("message-box")
        self._key("Return")
        ended_with = asked.wait(PATIENCE_SECONDS)
        expect(ended_with == 66, f"a file that is not there ended with {ended_with}")

    def a_case_opens_and_the_installer_waits_for_it(self) -> None:
        clicked = self._clicked(self._opens(".ncacase").split('"')[1])
        running = self._windows.start(*clicked, windows_path(SAMPLE))
        self._until_titled("Contoso AB (Sample) - NCA Wizard")
        self._settle()
        self._picture("window")
        ended = self._windows.run(self._setup, "/S").returncode
        expect(ended == NOTHING_CHANGED, f"while it is open the installer ended with {ended}")
        self._uninstall()
        expect(self._command.is_file(), "what is open was removed")
        second = self._windows.run(*clicked)
        expect(second.returncode == 0, f"the second start ended with {second.returncode}")
        self._key("Return")
        self._until(lambda: len(self._evaluations()) == 1, "no case was kept")
        shown = self._shown("Contoso")
        self._xdotool("windowsize", "--sync", shown, "901", "611", "windowmove", shown, "123", "77")
        self._settle()
        self._was_at = self._place_of("Contoso")
        self._key("ctrl+q")
        ended_with = running.wait(PATIENCE_SECONDS)
        expect(ended_with == 0, f"the window ended with {ended_with}")
        expect(self._history.is_file(), "no history was kept")
        log = self._data / "log" / "nca-wizard.log"
        expect(not log.exists(), f"it has a fault in its log: {log}")

    def an_upgrade_replaces_the_program_and_keeps_the_rest(self) -> None:
        old = self._place / "_internal" / "of-an-older-version.dll"
        foreign = self._place / "notes.txt"
        old.touch()
        foreign.touch()
        kept = self._kept()
        self._windows.run("reg", "add", UNINSTALL, "/v", "DisplayVersion", "/d", "0.0.1", "/f")
        ended = self._windows.run(self._setup, "/S").returncode
        expect(ended == 0, f"the upgrade ended with {ended}")
        expect(not old.exists(), "a file of the older version is still there")
        expect(foreign.exists(), "a file that is not ours is gone")
        expect("REG_SZ    0.0.1" not in self._windows.registry(UNINSTALL), "the version is the old")
        expect(self._kept() == kept, "the upgrade changed the person's data")
        foreign.unlink()
        self._open_and_close("after-upgrade")
        expect(len(self._evaluations()) == 1, f"the case is gone: {self._evaluations()}")

    def an_older_version_over_a_newer_leaves_its_history_as_it_was(self) -> None:
        look_at_history.make_newer(self._history)
        made_by_newer = self._history.read_bytes()
        kept = self._kept()
        self._windows.run("reg", "add", UNINSTALL, "/v", "DisplayVersion", "/d", "99.0", "/f")
        ended = self._windows.run(self._setup, "/S").returncode
        expect(ended == 0, f"the older version ended with {ended}")
        expect("REG_SZ    99.0" not in self._windows.registry(UNINSTALL), "it is still the newer")
        expect(self._kept() == kept, "the older version changed the person's data")
        self._open_and_close("older-over-newer")
        expect(self._history.read_bytes() == made_by_newer, "the newer history was written to")

    def _open_and_close(self, picture: str) -> None:
        """A window that stands where it stood before."""
        running = self._windows.start(*self._clicked(self._window))
        self._until_titled("NCA Wizard")
        self._settle()
        self._picture(picture)
        expect(self._place_of("NCA Wizard") == self._was_at, "the window has moved")
        self._key("ctrl+q")
        ended_with = running.wait(PATIENCE_SECONDS)
        expect(ended_with == 0, f"the window ended with {ended_with}")

    @property
    def _history(self) -> Path:
        return self._data / "history.sqlite"

    def _kept(self) -> dict[str, bytes]:
        """What the person has, to the byte."""
        files = (path for path in self._data.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    def _evaluations(self) -> list[str]:
        return look_at_history.evaluated(self._history)

    def _place_of(self, title: str) -> str:
        return self._xdotool("getwindowgeometry", self._shown(title)).stdout.partition("\n")[2]

    def _shown(self, title: str) -> str:
        """The window of this name, as X11 knows it."""
        return self._xdotool("search", "--onlyvisible", "--name", title).stdout.split()[-1]

    def removing_leaves_the_data_alone(self) -> None:
        kept = self._kept()
        self._uninstall()
        expect(not self._place.exists(), "the program is still there")
        expect(not self._windows.registry(UNINSTALL), "it is still on the list")
        expect(not self._link.exists(), "its entry is still in the Start menu")
        left = self._windows.registry(CLASSES)
        expect("nca" not in left.lower(), f"left in the registry: {left}")
        expect(self._kept() == kept, "the person's data changed")

    def _uninstall(self) -> None:
        """It ends at once, and a copy of it, Un_A.exe, does the work."""
        self._windows.run(self._place / "uninstall.exe", "/S")
        self._until(lambda: not _runs("Un_A.exe"), "the uninstaller does not end")

    def the_pages_of_the_installer_look_right(self) -> None:
        running = self._windows.start(self._setup)
        self._until_titled("NCA Wizard Setup")
        self._settle()
        self._picture("installer")
        self._key("Escape")
        self._settle()
        # Whether it is to be cancelled.
        self._key("Return")
        running.wait(PATIENCE_SECONDS)

    @staticmethod
    def _clicked(program: str | Path) -> tuple[str, ...]:
        """As the desktop starts a program: without streams. Its exit code comes back."""
        unix = ("/unix",) if isinstance(program, Path) else ()
        return ("start", "/wait", *unix, str(program))

    # --- Windows and keys -----------------------------------------------------------------------

    def _until_titled(self, title: str) -> None:
        self._until(lambda: title in self._titles(), f"no window is called {title}")

    def _titles(self) -> list[str]:
        asked = self._xdotool("search", "--onlyvisible", "--name", ".", "getwindowname", "%@")
        return asked.stdout.splitlines()

    def _key(self, key: str) -> None:
        self._xdotool("key", key)

    def _xdotool(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "DISPLAY": self._windows.display.name}
        return subprocess.run(
            ["xdotool", *arguments], env=environment, capture_output=True, text=True, check=False
        )

    def _settle(self) -> None:
        """Until nothing has changed on the screen for two seconds."""
        seen, since = b"", time.monotonic()
        limit = since + PATIENCE_SECONDS
        while time.monotonic() < min(since + 2, limit):
            now = self._windows.display.look()
            if now != seen:
                seen, since = now, time.monotonic()
            time.sleep(0.1)

    @staticmethod
    def _until(holds: Callable[[], bool], otherwise: str) -> None:
        limit = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            expect(time.monotonic() < limit, otherwise)
            time.sleep(0.2)

    def _picture(self, name: str) -> None:
        from PIL import Image

        self._pictures.mkdir(parents=True, exist_ok=True)
        shown = self._windows.display.picture()
        image = Image.frombytes("RGB", (WIDTH, HEIGHT), shown, "raw", "BGRX")
        image.save(self._pictures / f"{name}.png")


def _runs(program: str) -> bool:
    """Whether a program of Windows of this name runs; wine gives each a process."""
    return any(program.encode() in line for line in _command_lines())


def _command_lines() -> Iterator[bytes]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        # It may end while it is looked at.
        with suppress(OSError):
            yield path.read_bytes()


def build(windows: Wine) -> Path:
    """The bundle and, signed by somebody nobody trusts, the installer."""
    windows.python("packaging/bundle.py", windows_path(BUNDLE.parent))
    stand_ins = {f"{source.stem}.dll" for source in STAND_INS.glob("*.c")}
    strays = [str(path) for path in BUNDLE.rglob("*") if path.name.lower() in stand_ins]
    expect(not strays, f"in the bundle are stand-ins for Windows' own libraries: {strays}")
    setup = installer.make(BUNDLE, FOLDER / "dist", sign=signing_command())
    megabytes = setup.stat().st_size / 1_000_000
    expect(megabytes <= LIMIT_MEGABYTES, f"the installer has {megabytes:.1f} MB")
    for program in (setup, *(BUNDLE / name for name in installer.PROGRAMS)):
        check_signature(program)
        expect(says_its_version(program), f"{program.name} does not say its version")
    say(f"{setup.name}: {megabytes:.1f} MB, of {LIMIT_MEGABYTES}; both programs and it are signed")
    return setup


def says_its_version(program: Path) -> bool:
    """Whether Windows shows the version of the project among the program's details."""
    name, version = (
        re.escape(text.encode("utf-16-le"))
        for text in ("ProductVersion", version_resource.project_version())
    )
    # A text begins at a multiple of four bytes.
    return bool(re.search(name + rb"\0{2,6}" + version + rb"\0\0", program.read_bytes()))


def signing_command() -> str:
    """A command that signs in place, with a certificate made for it."""
    folder = FOLDER / "signing"
    folder.mkdir(parents=True, exist_ok=True)
    key, certificate, script = (folder / name for name in ("key.pem", "cert.pem", "sign.sh"))
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=NCA Wizard check", "-addext", "extendedKeyUsage=codeSigning"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    script.write_text(
        f'osslsigncode sign -certs "{certificate}" -key "{key}" -h sha256 -in "$1" -out "$1.new" '
        '>/dev/null && mv "$1.new" "$1"\n',
        encoding="utf-8",
    )
    return f'sh "{script}"'


def check_signature(program: Path) -> None:
    certificate = FOLDER / "signing" / "cert.pem"
    verified = subprocess.run(
        ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(program)],
        capture_output=True,
        text=True,
        check=False,
    )
    expect(verified.returncode == 0, f"{program.name} is not signed: {verified.stdout}")


def main(arguments: list[str]) -> int:
    pictures = Path(arguments[0]) if arguments else FOLDER / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    with wine() as windows:
        try:
            setup = build(windows)
            check = Check(windows, setup, pictures)
            for step in (
                check.too_old_a_windows_is_refused,
                check.the_pages_of_the_installer_look_right,
                check.install,
                check.the_command_line_answers,
                check.without_streams_it_answers_too,
                check.a_case_opens_and_the_installer_waits_for_it,
                check.an_upgrade_replaces_the_program_and_keeps_the_rest,
                check.an_older_version_over_a_newer_leaves_its_history_as_it_was,
                check.removing_leaves_the_data_alone,
            ):
                step()
                say(step.__name__.replace("_", " "))
        except Fault as fault:
            print(f"windows: FAILED: {fault}", file=sys.stderr)
            return 1
    say(f"pictures are in {pictures}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
