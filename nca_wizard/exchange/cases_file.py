"""Several cases in one case file (`.ncacase`), with all that was evaluated and done about them.

    {"format": "ncacase", "version": 2, "made_by": "0.1.0",
     "texts": {hash: text}, "cases": [...], "drafts": [...]}

What a case consists of is for the history to say; it makes the document and takes it in.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from nca_wizard import __version__
from nca_wizard.exchange.case_file import (
    FORMAT,
    OF_SEVERAL,
    CaseFile,
    FileExists,
    case_from,
    no_version,
)
from nca_wizard.exchange.json_file import Refused, foreign, object_in, refusing, shown
from nca_wizard.files import write_whole
from nca_wizard.sentences import Sentence

LONGEST = 500_000_000
"""Bytes. A case has one to fifty thousand; a register of thousands fits."""

_OF_SEVERAL = re.compile(rb'\s*\{\s*"format"\s*:\s*"ncacase"\s*,\s*"version"\s*:\s*2\b')
_LISTS = {"texts": dict, "cases": list, "drafts": list}


def write(path: Path, document: Mapping[str, Any], *, overwrite: bool = False) -> None:
    """Write a document of the history, whole or not at all. Raises FileExists, CannotWrite."""
    if not overwrite and path.exists():
        raise FileExists(path)
    written = {"format": FORMAT, "version": OF_SEVERAL, "made_by": __version__, **document}
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    write_whole(path, f"{text}\n".encode())


def holds_several(path: Path) -> bool:
    """Whether a file begins as one of several cases does; any other is for `case_file`."""
    with suppress(OSError), path.open("rb") as stream:
        return bool(_OF_SEVERAL.match(stream.read(200)))
    return False


def read(path: Path) -> CaseFile | dict[str, Any]:
    """The one case of a file of the first version, or the document to give to the history.

    Raises NoSuchFile, or BadInput with one sentence: what is wrong, where, and what to do.
    """
    with refusing(path):
        written = object_in(path, LONGEST)
        if written.get("format") != FORMAT or written.get("version") in (None, 1):
            return case_from(written)
        return _document_from(written)


def _document_from(written: dict[str, Any]) -> dict[str, Any]:
    version = written["version"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise no_version(OF_SEVERAL, version)
    if version > OF_SEVERAL:
        made_by = written.get("made_by", "")
        if isinstance(made_by, str) and made_by:
            raise Refused(
                '"%(file)s" needs version %(theirs)s of this app. You have %(ours)s.',
                theirs=made_by,
                ours=__version__,
            )
        raise Refused(
            '"%(file)s" needs a newer version of this app. You have %(ours)s.', ours=__version__
        )
    for key in written:
        if key not in ("format", "version", "made_by", *_LISTS):
            raise Refused(
                '"%(file)s" has %(key)s, which is unknown here. Ask for it again.', key=shown(key)
            )
    for key, kind in _LISTS.items():
        if not isinstance(written.get(key), kind):
            raise foreign(Sentence('it has no "%(key)s"', key=key))
    texts = written["texts"]
    if not all(isinstance(text, str) for text in texts.values()):
        raise foreign(Sentence('its "texts" are none'))
    return {key: written[key] for key in _LISTS}
