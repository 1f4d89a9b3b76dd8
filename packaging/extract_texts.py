"""Collect every text that can be translated and bring each language's catalogue up to date.

Two places hold texts: the code, in calls of a `Texts`, and the rulebook. A translation whose
English text is gone is dropped; a new text is added untranslated.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from nca_wizard.rules.model.book import Impossible, Question, Rulebook
from nca_wizard.rules.model.rules import Letter, Source
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.rulebook import load

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "resources" / "locale"

KEYWORDS: dict[str, Any] = {
    "t": None,
    "_t": None,
    "_texts": None,
    "texts": None,
    "N_": None,
    "Sentence": None,
    "Refused": None,
    "plural": (1, 2),
    "context": ((1, "c"), 2),
}

# Beside the texts for both readers, these single texts of the rulebook are shown.
SHOWN = {
    "title", "subject", "short", "why", "how_to_find_out", "missing", "missing_for_product",
    "not_together", "unknown_hint", "label", "hint", "caption", "heading", "name",
    "full_name", "for_customer", "passage", "date_note",
}  # fmt: skip
# Titles of sources and their passages are quotations: they stay as they were published.
QUOTED = {"passage"}


def texts_of(value: Any) -> Iterator[str]:
    """Every text in the rulebook that a reader may see."""
    if isinstance(value, Text):
        yield value.for_us
        yield value.for_customer
    elif isinstance(value, Source):
        yield value.date_note
    elif isinstance(value, Impossible):
        yield value.because
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            inner = getattr(value, field)
            if field in SHOWN - QUOTED and isinstance(inner, str):
                yield inner
            elif field == "how_to_find_out" and isinstance(value, Question):
                yield from value.how_to_find_out
            elif field == "paragraphs" and isinstance(value, Letter):
                yield from value.paragraphs
            else:
                yield from texts_of(inner)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)


def template(rulebook: Rulebook) -> Catalog:
    """All texts, those of the code first."""
    catalogue = Catalog(project="NCA Wizard", copyright_holder="the NCA Wizard authors")
    for _, _, message, comments, context in extract_from_dir(
        ROOT / "nca_wizard", method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        catalogue.add(message, auto_comments=comments, context=context)
    for text in texts_of(rulebook):
        if text:
            catalogue.add(text)
    return catalogue


def main(arguments: list[str]) -> int:
    """Update each catalogue; exit 1 if a text lacks its translation. `--check` writes nothing."""
    texts = template(load(ROOT / "resources"))
    missing = 0
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/nca_wizard.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        catalogue.update(texts, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if "--check" not in arguments:
            with path.open("wb") as file:
                write_po(file, catalogue, width=100, sort_output=True, no_location=True)
        untranslated = [message for message in catalogue if message.id and not _is_whole(message)]
        missing += len(untranslated)
        print(f"{path.relative_to(ROOT)}: {len(texts)} texts, {len(untranslated)} untranslated")
        for message in untranslated:
            print(f"  {message.id!r}")
    return 1 if missing else 0


def _is_whole(message: Message) -> bool:
    """Whether it is translated, each form of a plural too."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
