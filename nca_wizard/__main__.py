"""Where the program starts: reads the command line, builds what lives long, passes it down."""

import argparse
import gc
import io
import os
import sys
from pathlib import Path
from typing import IO, NoReturn

from nca_wizard import __version__, errors
from nca_wizard.errors import NoDisplay, NoSuchFile, UsageFault
from nca_wizard.paths import DataFolder, resources
from nca_wizard.sentences import Sentence, as_written
from nca_wizard.settings import load_settings, texts_of
from nca_wizard.texts import Texts

COMMANDS = frozenset(
    {
        "evaluate",
        "print",
        "letters",
        "calendar",
        "questions",
        "proof",
        "compare-rules",
        "import-rules",
        "rules",
    }
)

_HELP = """\
usage: nca-wizard [--data-dir DIR] [FILE.ncacase]    open the window
       nca-wizard evaluate FILE [--as-of DATE] [--json]
       nca-wizard print FILE --copy customer|internal|handoff [--start DATE] --out X.pdf
       nca-wizard letters FILE [--to customer|colleague|support] [--out FOLDER]
       nca-wizard calendar FILE --start DATE --out X.ics
       nca-wizard questions --json
       nca-wizard proof [FOLDER] [--json]
       nca-wizard compare-rules OLD NEW [--json]
       nca-wizard import-rules FILE [--yes]
       nca-wizard rules
       nca-wizard --self-check                      try every part of the program once
       nca-wizard --version
"""


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit code (see `nca_wizard.errors`)."""
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # On Windows a file or another program would get the letters of one country only.
            encoding = "utf-8" if sys.platform == "win32" and not stream.isatty() else None
            # A terminal that lacks a letter shows a question mark; the answer still arrives.
            stream.reconfigure(encoding=encoding, errors="replace")
    try:
        return _dispatch(arguments)
    except BrokenPipeError:
        # Whoever read has stopped reading, as `head` does: nothing went wrong. Python would
        # complain when it flushes at the end.
        sys.stdout = None
        return errors.DONE
    except (Exception, KeyboardInterrupt) as fault:  # noqa: BLE001  the one place for what nobody foresaw
        folder = _data_folder(arguments)
        return errors.last_resort(
            fault, version=__version__, log_folder=folder.log, texts=_texts(folder)
        )


def _dispatch(arguments: list[str]) -> int:
    if arguments and arguments[0] in COMMANDS:
        from nca_wizard import cli

        return cli.main(arguments)
    options = _parsed(arguments)
    if options.help:
        return _write(_HELP)
    if options.version:
        return _write(f"NCA Wizard {__version__}\n")
    if options.self_check:
        return _check_self()
    folder = DataFolder(options.data_dir.absolute()) if options.data_dir else None
    return _open_window(folder or DataFolder.of_this_user(), _case_file(options.file))


def _check_self() -> int:
    from nca_wizard import self_check
    from nca_wizard.display import display_fault

    if display_fault(os.environ):
        # The window is drawn in memory instead, so that a server can be checked too.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from nca_wizard.ui import self_check as window_check
    from nca_wizard.ui.clock import now

    return self_check.run({**self_check.checks(resources(), now()), **window_check.checks(now)})


def _open_window(folder: DataFolder, case_file: Path | None) -> int:
    from nca_wizard.display import display_fault

    fault = display_fault(os.environ)
    if fault:
        raise NoDisplay(
            Sentence(
                "NCA Wizard cannot open its window here: %(why)s; "
                "'nca-wizard evaluate FILE' and 'nca-wizard print FILE' work without one.",
                why=fault,
            )
        )
    errors.install_hook(version=__version__, log_folder=folder.log)
    # Until everything is loaded there is no rubbish; to look for it took a tenth of that time.
    gc.disable()
    from nca_wizard.ui.app import run

    return run(folder, case_file)


def _case_file(name: str | None) -> Path | None:
    if name is None:
        return None
    path = Path(name)
    if path.is_file():
        return path.absolute()
    if path.is_dir():
        raise UsageFault(Sentence("%(name)s is a folder, not a case file.", name=name))
    if path.suffix or path.parent != Path():
        raise NoSuchFile(Sentence("There is no file %(name)s.", name=name))
    raise UsageFault(
        Sentence(
            "'%(name)s' is neither a command nor a file; 'nca-wizard --help' lists both.", name=name
        )
    )


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageFault(as_written(f"{message.capitalize()}; see 'nca-wizard --help'."))


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = _Parser(prog="nca-wizard", add_help=False, allow_abbrev=False)
    parser.add_argument("--help", "-h", action="store_true")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--self-check", action="store_true")
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("file", nargs="?")
    return parser.parse_args(arguments)


def _data_folder(arguments: list[str]) -> DataFolder:
    """The data folder that is named somewhere in a line that may make no sense."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--data-dir", type=Path)
    try:
        named = parser.parse_known_args(arguments)[0].data_dir
    except argparse.ArgumentError:
        named = None
    return DataFolder(named.absolute()) if named else DataFolder.of_this_user()


def _texts(folder: DataFolder) -> Texts:
    return texts_of(load_settings(folder.settings).settings)


def _write(text: str) -> int:
    # A windowed program on Windows has no output stream.
    stream: IO[str] | None = sys.stdout
    if stream is not None:
        stream.write(text)
    return errors.DONE


if __name__ == "__main__":
    sys.exit(main())
