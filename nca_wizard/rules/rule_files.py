"""One rule file: its bytes, and the table they make. Faults name the file."""

import tomllib
from pathlib import Path
from typing import Any

from nca_wizard.errors import RulebookFault
from nca_wizard.sentences import as_written


class ContentError(RulebookFault):
    """The rule files cannot be used. The sentence says which file, entry, field and fault.

    In English, as the files are: it is for whoever writes them.
    """

    def __init__(self, fault: str) -> None:
        super().__init__(as_written(fault))


def content_below(folder: Path, name: str) -> bytes:
    """The bytes of the file. Raises ContentError."""
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise missing(name) from None
    except OSError as error:
        raise ContentError(f"{short(name)}: cannot be read: {error.strerror}.") from None


def missing(name: str) -> ContentError:
    """What is said of a file that is not there."""
    return ContentError(f"{short(name)}: the file is missing.")


def table_of(name: str, content: bytes) -> dict[str, Any]:
    """The TOML table in `content`. Raises ContentError."""
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        raise ContentError(f"{short(name)}: is not UTF-8 text.") from None
    except RecursionError:
        raise ContentError(f"{short(name)}: is nested too deeply.") from None
    except ValueError as error:
        # TOMLDecodeError, or a number or a day that Python does not make.
        raise ContentError(f"{short(name)}: is not valid TOML: {error}.") from None


def short(name: str) -> str:
    """The name of the file as faults give it: without its folder."""
    return name.rpartition("/")[2]
