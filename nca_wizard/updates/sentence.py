"""A sentence that can still be said in any language: why an update was refused, what was noticed.

What is raised far below the window does not know the reader's language, so it keeps its parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Union

from nca_wizard.errors import BadInput
from nca_wizard.texts import SOURCE_LANGUAGE, Texts


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is marked with `N_`; `values` fill its `%(name)s`, days and sentences among them."""

    text: str
    values: Mapping[str, Union[str, int, date, "Sentence"]] = field(default_factory=dict)

    def said(self, texts: Texts) -> str:
        """The sentence in the language of `texts`."""

        def filled(value: "str | int | date | Sentence") -> str:
            if isinstance(value, Sentence):
                return value.said(texts)
            return texts.date(value) if isinstance(value, date) else str(value)

        return texts(self.text) % {name: filled(value) for name, value in self.values.items()}

    def __str__(self) -> str:
        return self.said(Texts.load(SOURCE_LANGUAGE))


class UpdateRefused(BadInput):
    """A rules update that is not taken. `reason` says what is wrong and what to do."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason
