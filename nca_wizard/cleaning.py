"""Removes from a text what nobody can see. Everything else is taken literally."""

import re
import unicodedata

# Format characters that are drawn: the signs that embrace Arabic and Syriac numbers.
_DRAWN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
# Neither control nor format characters by their category, and yet nothing is drawn for them.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str, *, lines: bool = False) -> str:
    """Remove control and zero-width characters, byte order marks and lone surrogates.

    Line ends and tabs become blanks; with `lines` a line end stays, as a plain newline.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    if not lines:
        text = text.replace("\n", " ")
    return "".join(sign for sign in text if sign == "\n" or _is_visible(sign)).strip()


def _is_visible(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable()
    if sign in _BLANK_LETTERS or _is_noncharacter(ord(sign)):
        return False
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or bool(_DRAWN.match(sign))


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
