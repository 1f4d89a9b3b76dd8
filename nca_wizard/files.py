"""Writing a file whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from nca_wizard.errors import CannotWrite, reason
from nca_wizard.sentences import Sentence


def write_whole(path: Path, content: bytes, *, make_folder: bool = False) -> None:
    """Put `content` at `path`; whatever was there before stays if that fails.

    With `make_folder` the folder is made, for its owner alone; without, a mistyped folder is a
    fault. Raises CannotWrite with a sentence that names the path.
    """
    # A short name of its own: `path` may already be as long as a name can be. Not mkstemp,
    # whose files only the owner can read: a page saved to a shared folder is to be shared.
    temporary = path.parent / f".nca-{os.urandom(6).hex()}.tmp"
    try:
        if make_folder:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            # Without it a power cut can leave an empty file under the new name.
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as fault:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise CannotWrite(
            Sentence("%(path)s could not be written: %(why)s.", path=path, why=reason(fault))
        ) from fault
