"""Keeps each long text and each long part of a document once, however many documents repeat it.

In the stored document a text stands as "#" and its hash, a part (an object or a list) as "##" and
the hash of its JSON; parts hold texts and smaller parts in the same way. What is short stays where
it is, unless it is a text that begins with "#" itself: so whatever begins with "#" is a hash.
"""

import hashlib
import json
import re
from collections.abc import Mapping

LONGEST_IN_PLACE = 40
_LONGEST_PART_IN_PLACE = 120
_TEXT = "#"
_PART = "##"
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NAMED = re.compile('"##?([0-9a-f]{32})"')

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def interned(document: Json) -> tuple[Json, dict[str, str]]:
    """The document to store, and its texts and parts by hash. Keys of objects stay as they are.

    The outermost object or list stands for the document and is no part itself.
    """
    kept: dict[str, str] = {}
    if isinstance(document, dict):
        return {key: _interned(value, kept) for key, value in document.items()}, kept
    if isinstance(document, list):
        return [_interned(value, kept) for value in document], kept
    return _interned(document, kept), kept


def _interned(part: Json, kept: dict[str, str]) -> Json:
    if isinstance(part, dict):
        return _shortened({key: _interned(value, kept) for key, value in part.items()}, kept)
    if isinstance(part, list):
        return _shortened([_interned(value, kept) for value in part], kept)
    if isinstance(part, str) and (len(part) > LONGEST_IN_PLACE or part.startswith(_TEXT)):
        return _TEXT + _keep(part, kept)
    return part


def _shortened(part: Json, kept: dict[str, str]) -> Json:
    written = as_json(part)
    return _PART + _keep(written, kept) if len(written) > _LONGEST_PART_IN_PLACE else part


def _keep(text: str, kept: dict[str, str]) -> str:
    digest = content_hash(text)
    kept[digest] = text
    return digest


def as_json(document: Json) -> str:
    """As it is stored: no blanks, no escapes beyond what JSON asks for."""
    return _WRITER.encode(document)


def content_hash(text: str) -> str:
    """128 bits: enough that two texts never share one, short enough to be worth it."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def hashes_in(stored: str) -> set[str]:
    """What a stored document or part refers to, seen in its JSON.

    A text that happens to look so is taken for one too: better kept too long than lost.
    """
    return set(_NAMED.findall(stored))


def hash_of_part(part: Json) -> str:
    """The hash that stands for a part of a document, "" where the part stands there itself."""
    if isinstance(part, str) and part.startswith(_PART):
        return part.removeprefix(_PART)
    return ""


def restored(document: Json, kept: Mapping[str, str]) -> Json:
    """The document as it was before `interned`. KeyError when a text or part is missing."""
    if isinstance(document, dict):
        return {key: restored(value, kept) for key, value in document.items()}
    if isinstance(document, list):
        return [restored(value, kept) for value in document]
    if isinstance(document, str) and document.startswith(_PART):
        return restored(json.loads(kept[document.removeprefix(_PART)]), kept)
    if isinstance(document, str) and document.startswith(_TEXT):
        return kept[document.removeprefix(_TEXT)]
    return document
