"""What can go wrong, and what is said then.

    Exception
      KnownFault          one sentence for the person at the keyboard, and an exit code
        UsageFault        64  the command line makes no sense
        BadInput          65  a file or an answer that cannot be read
        NoSuchFile        66  a file that is not there
        NoDisplay         69  a window was asked for where none can be shown
        RulebookFault     70  the rulebook is faulty
        CannotWrite       73  a file or folder that cannot be written
      anything else       70  our own fault: see `report_of`

A known fault is shown as its sentence alone, in the language of whoever reads it. Everything else
reaches the last-resort hook, which writes a report to the log folder and says where it is.
"""

import errno
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from nca_wizard.sentences import Sentence
from nca_wizard.texts import N_, SOURCE_LANGUAGE, Texts

DONE = 0
SOME_REJECTED = 2
USAGE = 64
BAD_INPUT = 65
NO_SUCH_FILE = 66
NO_DISPLAY = 69
OUR_FAULT = 70
CANNOT_WRITE = 73
STOPPED = 130

# Windows' MB_ICONERROR and MB_SETFOREGROUND.
_BOX_STYLE = 0x10010

LOG_NAME = "nca-wizard.log"
_LOG_BYTES = 500_000
_LOG_FILES = 4


class KnownFault(Exception):
    """Something that happens in normal life. `sentence` is complete and needs no stack trace."""

    exit_code = OUR_FAULT

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UsageFault(KnownFault):
    exit_code = USAGE


class BadInput(KnownFault):
    exit_code = BAD_INPUT


class NoSuchFile(KnownFault):
    exit_code = NO_SUCH_FILE


class NoDisplay(KnownFault):
    exit_code = NO_DISPLAY


class RulebookFault(KnownFault):
    exit_code = OUR_FAULT


class CannotWrite(KnownFault):
    """`instead` is a free name in the same folder, where another name would help."""

    exit_code = CANNOT_WRITE

    def __init__(self, sentence: Sentence, instead: Path | None = None) -> None:
        super().__init__(sentence)
        self.instead = instead


_REASONS = {
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("there is no such folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it is there already"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is write-protected"),
    errno.EIO: N_("the disk reports a fault"),
}
# Windows says of both only that access is denied.
_IN_USE = (32, 33)


def reason(fault: OSError) -> Sentence | str:
    """What the operating system says about `fault`, without its number, to follow a colon."""
    if getattr(fault, "winerror", None) in _IN_USE:
        return Sentence("another program has it open")
    known = _REASONS.get(fault.errno or 0)
    return Sentence(known) if known else fault.strerror or str(fault)


def say(sentence: str) -> None:
    """Write one line to the error stream.

    A windowed program on Windows has none: there it is a message box, which waits for its answer.
    """
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()
    elif sys.platform == "win32":
        # Windows' own, because there may be no Qt yet, or none that works.
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "NCA Wizard", _BOX_STYLE)


def report_of(fault: BaseException, version: str) -> str:
    """What a person can send to whoever maintains the program: no answers, no customer's name."""
    # Not needed by those who never see one, and not free at every start.
    import platform
    import traceback

    lines = traceback.format_exception(fault)
    return (
        f"NCA Wizard {version}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}\n{''.join(lines)}"
    )


def write_report(report: str, log_folder: Path) -> Path | None:
    """Add `report` to the log and return the log's path, or None if it cannot be written.

    Four files of half a megabyte are kept. A full disk must not hide the fault that is reported.
    """
    path = log_folder / LOG_NAME
    stamp = datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        log_folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            _make_room(path)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{stamp} {report}\n")
    except OSError:
        return None
    return path


def _make_room(path: Path) -> None:
    """Move every log one number up; the oldest is overwritten."""
    older = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, _LOG_FILES))]
    for newer, next_one in reversed(list(pairwise(older))):
        if newer.exists():
            newer.replace(next_one)


def last_resort(
    fault: BaseException,
    *,
    version: str,
    log_folder: Path,
    texts: Texts | None = None,
    show: Callable[[str, str], None] | None = None,
) -> int:
    """Say what happened, keep a report of anything unforeseen, and return the exit code.

    `show(sentence, report)` is the window's dialog; without it the sentence goes to the error
    stream. A known fault has an empty report. Without `texts` it is said in English.
    """
    if isinstance(fault, KeyboardInterrupt):
        return STOPPED
    texts = texts or Texts.load(SOURCE_LANGUAGE)
    if isinstance(fault, KnownFault):
        _tell(fault.sentence.said(texts), "", show)
        return fault.exit_code
    report = report_of(fault, version)
    path = write_report(report, log_folder)
    what = f"{type(fault).__name__}: {fault}".splitlines()[0]
    sentence = (
        Sentence(
            "Something went wrong that should not have (%(what)s). A report is in %(path)s.",
            what=what,
            path=path,
        )
        if path
        else Sentence(
            "Something went wrong that should not have (%(what)s). "
            "No report could be written to %(folder)s.",
            what=what,
            folder=log_folder,
        )
    )
    _tell(sentence.said(texts), report, show)
    return OUR_FAULT


def install_hook(
    *,
    version: str,
    log_folder: Path,
    texts: Texts | None = None,
    show: Callable[[str, str], None] | None = None,
) -> None:
    """Let `last_resort` see what nothing else caught, such as a fault in a slot of the window."""

    def hook(
        _kind: type[BaseException], fault: BaseException, _trace: TracebackType | None
    ) -> None:
        last_resort(fault, version=version, log_folder=log_folder, texts=texts, show=show)

    sys.excepthook = hook


def _tell(sentence: str, report: str, show: Callable[[str, str], None] | None) -> None:
    if show is None:
        say(sentence)
    else:
        show(sentence, report)
