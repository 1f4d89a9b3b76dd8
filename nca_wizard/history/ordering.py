"""Names in the order a reader of the language expects: accents aside, numbers as numbers."""

import re
import unicodedata

from nca_wizard.history.folding import fold

_NUMBER = re.compile(r"\d+")
_LONGEST_NUMBER = 20

# Letters of their own that stand at the end of the alphabet, in its order. Where a language is
# not named, letters with an accent stand with those without.
_LAST: dict[str, tuple[str, ...]] = {
    "sv": ("å", "äæ", "öø"),
    "fi": ("å", "äæ", "öø"),
    "da": ("æä", "øö", "å"),
    "nb": ("æä", "øö", "å"),
    "nn": ("æä", "øö", "å"),
}


def sort_key(text: str, language: str) -> str:
    """What to compare instead of `text`; equal texts alone have equal keys."""
    plain = unicodedata.normalize("NFC", text).casefold()
    last = str.maketrans(
        {
            letter: f"z\uffff{place}"
            for place, letters in enumerate(_LAST.get(language, ()))
            for letter in letters
        }
    )
    folded = fold(plain.translate(last))
    numbered = _NUMBER.sub(lambda found: found[0].lstrip("0").zfill(_LONGEST_NUMBER), folded)
    return f"{numbered}\0{text}"
