"""Writing a file whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from nca_wizard.errors import CannotWrite, reason
from nca_wizard.sentences import Sentence

_LONGEST_NAME = 255
"""Bytes: what file systems take."""


def write_whole(path: Path, content: bytes, *, make_folder: bool = False) -> None:
    """Put `content` at `path`; whatever was there before stays if that fails.

    With `make_folder` the folder is made, for its owner alone; without, a mistyped folder is a
    fault. Raises CannotWrite with a sentence that names the path, and with a free name beside it
    where the file itself is what cannot be written.
    """
    # A short name of its own: `path` may already be as long as a name can be. Not mkstemp,
    # whose files only the owner can read: a page saved to a shared folder is to be shared.
    temporary = path.parent / f".nca-{os.urandom(6).hex()}.tmp"
    written = False
    try:
        if make_folder:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            # Without it a power cut can leave an empty file under the new name.
            os.fsync(stream.fileno())
        written = True
        temporary.replace(path)
    except OSError as fault:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        # The folder takes files, but not this one. Windows says of a file that another program
        # has open no more than that access is denied.
        if written and isinstance(fault, PermissionError) and path.is_file():
            raise _in_use(path) from fault
        raise CannotWrite(
            Sentence("%(path)s could not be written: %(why)s.", path=path, why=reason(fault))
        ) from fault


def write_new(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Like `write_whole`, but what is there already is a fault, with a free name beside it."""
    if path.exists() and not overwrite:
        raise CannotWrite(
            Sentence("%(path)s exists already and was not overwritten.", path=path),
            free_name(path),
        )
    write_whole(path, content)


def _in_use(path: Path) -> CannotWrite:
    instead = free_name(path)
    return CannotWrite(
        Sentence(
            '"%(file)s" is open in another program or write-protected, and was left as it is. '
            'Close it, or save as "%(instead)s".',
            file=path.name,
            instead=instead.name,
        ),
        instead,
    )


def free_name(path: Path) -> Path:
    """`path` with the first number that makes it new: `page (2).pdf`."""
    number = 2
    while True:
        ending = f" ({number}){path.suffix}"
        stem = path.stem.encode()[: _LONGEST_NAME - len(ending.encode())].decode(errors="ignore")
        candidate = path.with_name(f"{stem}{ending}")
        if not candidate.exists():
            return candidate
        number += 1
