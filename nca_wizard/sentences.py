"""A sentence that can still be said in any language: why something was refused, what was noticed.

What is raised far below the window does not know the reader's language, so it keeps its parts.

    fault = Sentence("%(path)s cannot be read: %(why)s.", path=path, why=reason(error))
    fault.said(texts)       in the language of `texts`
    str(fault)              in English, for logs and tests

Its text is a literal, which puts it into the catalogues; one that stands elsewhere is marked with
`N_` there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Union

from nca_wizard.texts import SOURCE_LANGUAGE, Texts

Value = Union[str, int, Path, date, datetime, "Sentence"]

_AS_WRITTEN = "%(words)s"


@dataclass(frozen=True, slots=True, init=False)
class Sentence:
    """`values` fill the `%(name)s` of `text`; days, moments and sentences are said in turn."""

    text: str
    values: dict[str, Value]

    def __init__(self, text: str, /, **values: Value) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", values)

    def said(self, texts: Texts) -> str:
        """The sentence in the language of `texts`."""

        def filled(value: Value) -> str | int | Path:
            if isinstance(value, Sentence):
                return value.said(texts)
            if isinstance(value, datetime):
                return texts.moment(value)
            return texts.date(value) if isinstance(value, date) else value

        text = texts(self.text)
        # A text without places to fill may have a plain "100 %".
        if not self.values:
            return text
        return text % {name: filled(value) for name, value in self.values.items()}

    def __str__(self) -> str:
        return self.said(Texts.load(SOURCE_LANGUAGE))


def as_written(words: str) -> Sentence:
    """Words of somebody else, or about what is itself in English, the same in every language."""
    return Sentence(_AS_WRITTEN, words=words)
