"""Where the file dialogs begin: in Documents, then where the person went last.

proposed(name)      the path to offer; with "" the folder alone
remember(path)      after a file was chosen
"""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

# Of this run alone: nothing about where somebody keeps cases is written down.
_last: list[Path] = []


def proposed(name: str = "") -> str:
    """`name` in the folder to begin in."""
    folder = _last[-1] if _last and _last[-1].is_dir() else _documents()
    return str(folder / name)


def remember(path: Path) -> None:
    """Begin beside this file from now on."""
    _last[:] = [path.parent]


def forget() -> None:
    """Begin in Documents again."""
    _last.clear()


def _documents() -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()
