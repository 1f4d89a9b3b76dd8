"""What a text is reduced to for searching: no case, no accents, one spelling of each letter.

`moller` finds Møller and Möller, `moeller` finds both too, `strasse` finds Straße.
"""

import re
import unicodedata

from nca_wizard.cleaning import clean

# Letters that are no base letter with an accent to Unicode, and marks typed in several ways.
_ALIKE = str.maketrans(
    {
        "ø": "o",
        "Ø": "o",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "ħ": "h",
        "Ħ": "h",
        "ŧ": "t",
        "Ŧ": "t",
        "ı": "i",
        **dict.fromkeys("‘’ʼʹ′`´", "'"),
        **dict.fromkeys("“”„″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_MOST_WORDS = 100

NOTE_BEGINS = "\x1f"
"""Stands in the searched column before the note of the case, which can change; no text has it."""
_SPELLED_OUT = re.compile("ae|oe|ue|aa")


def fold(text: str) -> str:
    """Reduce `text` to what is compared."""
    plain = unicodedata.normalize("NFKD", text.translate(_ALIKE)).casefold()
    letters = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def without_umlauts(folded: str) -> str:
    """Bring `moeller` and `aarhus` to what `möller` and `århus` fold to."""
    return _SPELLED_OUT.sub(lambda pair: pair[0][0], folded)


def search_column(parts: list[str]) -> str:
    """What is searched: each different word once, folded, in both spellings.

    Every word that is typed is looked for by itself, so their order does not matter.
    """
    words = [word for part in parts for word in fold(part).split()]
    return " ".join(dict.fromkeys([*words, *map(without_umlauts, words)]))


def search_words(search: str) -> list[str]:
    """The different words of what was typed, folded; all of them have to be found.

    The first hundred, that is: SQLite refuses an endless condition, and nobody types one.
    """
    return list(dict.fromkeys(fold(clean(search)).split()))[:_MOST_WORDS]
