"""Keeps each long text of a document once, however many documents repeat it.

In the stored document a text stands as "#" and its hash. A short text stays where it is, unless
it begins with "#" itself: so whatever begins with "#" in a stored document is a hash.
"""

import hashlib
from collections.abc import Mapping

LONGEST_IN_PLACE = 40
_MARK = "#"

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def interned(document: Json) -> tuple[Json, dict[str, str]]:
    """The document to store, and its texts by hash. Keys of objects stay as they are."""
    texts: dict[str, str] = {}
    return _interned(document, texts), texts


def _interned(part: Json, texts: dict[str, str]) -> Json:
    if isinstance(part, dict):
        return {key: _interned(value, texts) for key, value in part.items()}
    if isinstance(part, list):
        return [_interned(value, texts) for value in part]
    if isinstance(part, str) and (len(part) > LONGEST_IN_PLACE or part.startswith(_MARK)):
        digest = content_hash(part)
        texts[digest] = part
        return _MARK + digest
    return part


def content_hash(text: str) -> str:
    """128 bits: enough that two texts never share one, short enough to be worth it."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def texts_named_in(document: Json) -> set[str]:
    """The hashes a stored document refers to."""
    if isinstance(document, dict):
        return set().union(*map(texts_named_in, document.values()))
    if isinstance(document, list):
        return set().union(*map(texts_named_in, document))
    if isinstance(document, str) and document.startswith(_MARK):
        return {document.removeprefix(_MARK)}
    return set()


def restored(document: Json, texts: Mapping[str, str]) -> Json:
    """The document as it was before `interned`. KeyError when a text is missing."""
    if isinstance(document, dict):
        return {key: restored(value, texts) for key, value in document.items()}
    if isinstance(document, list):
        return [restored(value, texts) for value in document]
    if isinstance(document, str) and document.startswith(_MARK):
        return texts[document.removeprefix(_MARK)]
    return document
