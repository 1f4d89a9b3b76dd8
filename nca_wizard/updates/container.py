"""The bytes of a rules update (`.ncarules`, application/x-nca-rules) and of a book put by.

    bytes       a rules update
    12          b"NCA-RULES 1\\n"
    8           which key signed: the first bytes of the SHA-256 of the public key
    8           how many bytes the content has, big end first
    64          the Ed25519 signature of everything else
    the rest    the content

The content is JSON compressed by zlib: `{"files": {name: text}, "translations": {language:
{English: translated}}}`. A book put by is `b"NCA-BOOK 1\\n"` and its content, unsigned.

Not a ZIP file: that has two tables of contents which can disagree, paths, links and double names,
each of which must be refused. Here a name is only looked up in the list of names that a book has,
and nothing is unpacked before the signature holds.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nca_wizard.errors import BadInput
from nca_wizard.sentences import Sentence
from nca_wizard.texts import N_

ENDING = ".ncarules"

KEY_FILE = "rules_public_key"
"""In `resources`: the public key in hexadecimal. Made with the release; absent in a checkout."""

LONGEST = 2_000_000
"""Bytes of a file. The first book has 33,000, its German another 40,000."""
LONGEST_CONTENT = 10_000_000
"""Bytes of the content when it is unpacked. The first book has 480,000 with its German."""
MOST_LANGUAGES = 50

_FAMILY = b"NCA-RULES "
_MAGIC = _FAMILY + b"1\n"
_BOOK_MAGIC = b"NCA-BOOK 1\n"
_HEAD = struct.Struct(">12s8sQ")
_SIGNATURE = 64

Translations = Mapping[str, Mapping[str, str]]
"""Language -> English text -> the text in that language."""


class UpdateRefused(BadInput):
    """A rules update that is not taken. The sentence says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an update brings: the files of a book by name, and what its texts are elsewhere."""

    files: Mapping[str, bytes]
    translations: Translations


def signed(content: Content, public_key: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes of an update. `sign` makes the 64 bytes of the signature."""
    packed = _packed(content)
    head = _HEAD.pack(_MAGIC, _key_id(public_key), len(packed))
    return head + sign(head + packed) + packed


def verified(data: bytes, public_key: bytes) -> bytes:
    """The content of an update, still packed, when its signature holds.

    Raises UpdateRefused.
    """
    if len(data) > LONGEST:
        raise UpdateRefused(
            Sentence(
                "The file has more than %(limit)s MB, too much for a rules update. Choose another.",
                limit=LONGEST // 1_000_000,
            )
        )
    if not data:
        raise UpdateRefused(Sentence("The file is empty. Ask for it again."))
    _check_kind(data)
    start = _HEAD.size + _SIGNATURE
    if len(data) <= start:
        raise _incomplete()
    head, signature, packed = data[: _HEAD.size], data[_HEAD.size : start], data[start:]
    _, key_id, length = _HEAD.unpack(head)
    if len(packed) < length:
        raise _incomplete()
    if key_id != _key_id(public_key):
        raise UpdateRefused(
            Sentence(
                "The rules update is signed by somebody else than the makers of this program. "
                "Use only updates from where you got NCA Wizard."
            )
        )
    if len(packed) > length or not _holds(signature, head + packed, public_key):
        raise UpdateRefused(
            Sentence(
                "The rules update was changed after it was signed, or damaged on its way. "
                "Ask for it again."
            )
        )
    return packed


def book(files: Mapping[str, bytes]) -> bytes:
    """A book put by to be compared with later ones. It bears no signature and is never used."""
    return _BOOK_MAGIC + _packed(Content(files, {}))


def book_content(data: bytes) -> Content:
    """What `book` put by. Raises UpdateRefused."""
    if not data.startswith(_BOOK_MAGIC):
        raise _faulty(N_("it is no book"))
    return unpacked(data[len(_BOOK_MAGIC) :])


def unpacked(packed: bytes) -> Content:
    """What `packed` holds. Raises UpdateRefused."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, LONGEST_CONTENT + 1)
    except zlib.error:
        raise _faulty(N_("it cannot be unpacked")) from None
    if len(content) > LONGEST_CONTENT:
        raise UpdateRefused(
            Sentence(
                "The rules update unpacks to more than %(limit)s MB. It is not used.",
                limit=LONGEST_CONTENT // 1_000_000,
            )
        )
    if not unpacking.eof or unpacking.unused_data:
        raise _faulty(N_("it cannot be unpacked"))
    try:
        value = json.loads(content.decode(), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError:
        raise _faulty(N_("it is not UTF-8 text")) from None
    except (ValueError, RecursionError):
        raise _faulty(N_("it is not valid JSON")) from None
    return _content_in(value)


# --- Parts -----------------------------------------------------------------------------------


def _check_kind(data: bytes) -> None:
    line = data[: len(_MAGIC)]
    if data.startswith(_BOOK_MAGIC):
        raise UpdateRefused(Sentence("The rules update is not signed. Ask for it again."))
    if line == _MAGIC:
        return
    if _MAGIC.startswith(line):
        raise _incomplete()
    if data.startswith(_FAMILY):
        raise UpdateRefused(
            Sentence(
                "The rules update is of a kind that this version of NCA Wizard does not know. "
                "Install the newest version of the program."
            )
        )
    raise UpdateRefused(
        Sentence(
            "The file is not a rules update. Choose a file that ends in %(ending)s.", ending=ENDING
        )
    )


def _key_id(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()[:8]


def _holds(signature: bytes, message: bytes, public_key: bytes) -> bool:
    # Imported here: most starts of the program have no signature to look at.
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(public_key).verify(message, signature)
    except BadSignatureError:
        return False
    return True


def _packed(content: Content) -> bytes:
    document = {
        "files": {name: text.decode() for name, text in content.files.items()},
        "translations": content.translations,
    }
    return zlib.compress(json.dumps(document, ensure_ascii=False).encode(), 9)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _faulty(N_("it says something twice"))
    return found


def _content_in(value: Any) -> Content:
    if not isinstance(value, dict) or set(value) != {"files", "translations"}:
        raise _faulty(N_("it has other parts than files and translations"))
    files, translations = value["files"], value["translations"]
    if not _is_texts(files):
        raise _faulty(N_("its files are not texts by name"))
    if not isinstance(translations, dict) or not all(map(_is_texts, translations.values())):
        raise _faulty(N_("its translations are not texts by language"))
    if len(translations) > MOST_LANGUAGES:
        raise _faulty(N_("it has too many languages"))
    try:
        return Content({name: text.encode() for name, text in files.items()}, translations)
    except UnicodeEncodeError:
        raise _faulty(N_("it is not UTF-8 text")) from None


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _incomplete() -> UpdateRefused:
    return UpdateRefused(
        Sentence("The rules update is incomplete: its end is missing. Ask for it again.")
    )


def _faulty(what: str) -> UpdateRefused:
    """The signature holds, so its makers made a mistake; `what` is for them."""
    return UpdateRefused(
        Sentence(
            "The rules update is faulty and is not used (%(what)s). Ask for another.",
            what=Sentence(what),
        )
    )
