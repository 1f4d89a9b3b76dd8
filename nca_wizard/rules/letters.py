"""What may stand in braces in a letter's template, and what is wrong with one that has more."""

import re
from collections.abc import Iterator, Mapping

from nca_wizard.rules.model.answers import LetterTo
from nca_wizard.rules.model.rules import Letter

_FOR_ALL = frozenset(
    {
        "customer", "products", "title", "who", "steps", "evidence", "follows", "ends", "where",
        "partner_id", "signature",
    }
)  # fmt: skip
_OURS = _FOR_ALL | {
    "association", "label", "metrics", "tenant_id", "subscription_id", "domain", "contact",
    "verify", "fill_in", "sources",
}  # fmt: skip

PLACES: Mapping[LetterTo, frozenset[str]] = {
    "customer": _FOR_ALL | {"greeting"},
    "colleague": _OURS,
    "support": _OURS,
}
"""What each letter may have filled in. What is ours has no place in what the customer gets."""

LISTS = frozenset({"steps", "evidence", "verify"})
"""Several lines: a paragraph of their own."""

PLACE = re.compile(r"\{([^{}]*)\}")


def faults(letter: Letter) -> Iterator[str]:
    """What keeps the template from being filled in, as the end of a sentence."""
    known = PLACES[letter.to]
    for field, text in (("subject", letter.subject), *_paragraphs(letter)):
        if re.search(r"[{}]", PLACE.sub("", text)):
            yield f"{field}: a brace stands alone in '{text}'"
        for name in PLACE.findall(text):
            if name not in known:
                yield f"{field}: unknown place '{{{name}}}' (known: {', '.join(sorted(known))})"
            elif name in LISTS and text != f"{{{name}}}":
                yield f"{field}: '{{{name}}}' has several lines and must stand alone"


def _paragraphs(letter: Letter) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(letter.paragraphs, start=1):
        yield f"paragraphs.{number}", text
