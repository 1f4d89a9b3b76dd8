"""The words of the program in the reader's language, and how dates and numbers are written.

English is the language of the source and needs no catalogue. The composition root makes one
`Texts` and passes it down; nothing is translated when a module is imported. A text that has to
stand at module level is marked with `N_` and translated where it is shown.

    t = Texts.load("de", resources() / "locale")
    t("Continue")
    t.plural("%(count)d action", "%(count)d actions", 2)
    t.date(day)
"""

import datetime
import gettext
import io
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

DOMAIN = "nca_wizard"
SOURCE_LANGUAGE = "en"
# Not a language: every text marked, lengthened and accented, so that a text that
# escaped translation and a label without room for German both show at a glance.
PSEUDO_LANGUAGE = "qps"

# American English writes 11/22/2026, which the rest of the world reads as a date that
# does not exist; the day stands first in every English text of ours.
_LOCALE_OF_LANGUAGE = {SOURCE_LANGUAGE: "en_GB", PSEUDO_LANGUAGE: "en_GB"}


def N_(message: str) -> str:  # noqa: N802  gettext's own name, which the extractor knows
    """Mark a text for the catalogue and leave it as it is."""
    return message


class Texts:
    """One language: its messages, dates, numbers and lists."""

    def __init__(self, language: str, messages: gettext.NullTranslations) -> None:
        self.language = language
        self._messages = messages
        self._locale = _LOCALE_OF_LANGUAGE.get(language, language)

    @classmethod
    def load(cls, language: str, folder: Path | None = None) -> "Texts":
        """Read the catalogue of `language` from `folder` (`<language>/LC_MESSAGES/nca_wizard.mo`).

        Raises LookupError when there is no such catalogue; see `choose_language`.
        """
        if language == SOURCE_LANGUAGE:
            return cls(language, gettext.NullTranslations())
        if language == PSEUDO_LANGUAGE:
            return cls(language, _PseudoTranslations())
        catalogue = _catalogue(folder, language) if folder else None
        if catalogue is None:
            raise LookupError(f"There is no translation into '{language}'.")
        return cls(language, catalogue)

    def also(self, translated: Mapping[str, str]) -> "Texts":
        """The same language with further texts: those of rules that are newer than the catalogue.

        Where both translate a text, `translated` is the newer one and is taken.
        """
        return Texts(self.language, _MoreTexts(translated, self._messages)) if translated else self

    def __call__(self, message: str) -> str:
        """Translate `message`; the empty text stays empty (gettext would return its header)."""
        return self._messages.gettext(message) if message else ""

    def plural(self, one: str, many: str, count: int) -> str:
        """Choose the form for `count` and fill in `%(count)d`."""
        return self._messages.ngettext(one, many, count) % {"count": count}

    def context(self, context: str, message: str) -> str:
        """Translate a word that means different things in different places."""
        return self._messages.pgettext(context, message)

    @property
    def reads_right_to_left(self) -> bool:
        from babel import Locale

        return Locale.parse(self._locale).text_direction == "rtl"

    def date(self, day: datetime.date) -> str:
        """22 Nov 2026, in the language's own medium form."""
        from babel.dates import format_date

        return format_date(day, format="medium", locale=self._locale)

    def short_date(self, day: datetime.date) -> str:
        """22 Nov, where the year is clear."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMd", day, locale=self._locale)

    def country(self, code: str) -> str:
        """What a country is called: "Germany" for DE."""
        from babel import Locale

        return str(Locale.parse(self._locale).territories.get(code, code))

    def month(self, day: datetime.date) -> str:
        """November 2026."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=self._locale)

    def moment(self, moment: datetime.datetime) -> str:
        """Day and time to the minute, in the time zone `moment` already has."""
        from babel.dates import format_time

        return f"{self.date(moment.date())} {format_time(moment, 'short', locale=self._locale)}"

    def number(self, value: "int | float | Decimal") -> str:
        """1,500 with the language's own separators."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def dollars(self, value: "int | float | Decimal") -> str:
        """Whole US dollars; the programme counts revenue in no other currency."""
        from babel import Locale
        from babel.numbers import format_currency

        usual = Locale.parse(self._locale).currency_formats["standard"].pattern
        whole = re.sub(r"\.0+", "", usual)
        return format_currency(
            value, "USD", format=whole, locale=self._locale, currency_digits=False
        )

    def listing(self, items: Sequence[str], *, joined_by: Literal["and", "or"] = "and") -> str:
        """Join `items` as a sentence does: "A, B and C" (`joined_by` is "and" or "or")."""
        from babel.lists import format_list

        if not items:
            return ""
        style: Literal["standard", "or"] = "standard" if joined_by == "and" else "or"
        return format_list(list(items), style=style, locale=self._locale)


def available_languages(folder: Path) -> list[str]:
    """Every language with a catalogue in `folder`, English first, the pseudo-language never."""
    found = {
        path.parent.parent.name
        for ending in ("mo", "po")
        for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.{ending}")
    }
    return [SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE})]


def choose_language(
    wished: str, available: Sequence[str], system: Iterable[str] | None = None
) -> str:
    """Return the language to load for the setting `wished` ("system" or a code).

    The source language is the answer when nothing fits: a catalogue may have gone with an update.
    """
    candidates = (
        (system_languages() if system is None else system) if wished == "system" else [wished]
    )
    for candidate in candidates:
        if candidate == PSEUDO_LANGUAGE:
            return candidate
        code = candidate.replace("-", "_")
        for name in (code, code.partition("_")[0]):
            if name in available:
                return name
    return SOURCE_LANGUAGE


def language_name(language: str) -> str:
    """The language's own name for itself, as a reader looks for it in a list."""
    from babel import Locale

    name = Locale.parse(_LOCALE_OF_LANGUAGE.get(language, language).partition("_")[0]).display_name
    return (name or language).capitalize()


def system_languages(environment: Mapping[str, str] | None = None) -> list[str]:
    """What the operating system says about languages, the most wanted first."""
    environment = os.environ if environment is None else environment
    wanted = [
        *environment.get("LANGUAGE", "").split(":"),
        _first_set(environment, "LC_ALL", "LC_MESSAGES", "LANG") or _windows_language(),
    ]
    bare = [re.split(r"[.@]", entry)[0] for entry in wanted]
    return [entry for entry in bare if entry not in ("", "C", "POSIX")]


def system_region(environment: Mapping[str, str] | None = None) -> str | None:
    """The two-letter region paper and formats follow, or None when the system names none."""
    environment = os.environ if environment is None else environment
    named = _first_set(environment, "LC_ALL", "LC_PAPER", "LANG") or _windows_language()
    region = re.match(r"[a-z]{2,3}[_-]([A-Z]{2})\b", named)
    return region.group(1) if region else None


def _first_set(environment: Mapping[str, str], *names: str) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")


def _windows_language() -> str:
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


def _catalogue(folder: Path, language: str) -> gettext.GNUTranslations | None:
    compiled = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if compiled.is_file():
        with compiled.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    source = compiled.with_suffix(".po")
    if not source.is_file():
        return None
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    # A checkout whose catalogues were never compiled still speaks the language.
    buffer = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(buffer, read_po(stream, locale=language))
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


class _MoreTexts(gettext.NullTranslations):
    """Some texts by themselves, the rest by another catalogue."""

    def __init__(self, translated: Mapping[str, str], others: gettext.NullTranslations) -> None:
        super().__init__()
        self._translated = translated
        self.add_fallback(others)

    def gettext(self, message: str) -> str:
        return self._translated.get(message) or super().gettext(message)


class _PseudoTranslations(gettext.NullTranslations):
    """Answers every message with its own text, accented, 40 % longer and in brackets."""

    def gettext(self, message: str) -> str:
        return _pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  the signature is gettext's
        return _pseudo(message)


_ACCENTED = str.maketrans("aceginorsuyzACEGINORSUYZ", "áçéğíñóřšúýžÁÇÉĞÍÑÓŘŠÚÝŽ")
# Placeholders, tags, entities and mnemonics work only when they are left as they are.
_UNTOUCHABLE = r"(%\(\w+\)[sdrf]|%[sdrf%]|\{[^{}]*\}|<[^<>]+>|&\w+;|&\w)"


def _pseudo(message: str) -> str:
    parts = re.split(_UNTOUCHABLE, message)
    # With one group in the pattern every second part is a match.
    accented = "".join(
        part if index % 2 else part.translate(_ACCENTED) for index, part in enumerate(parts)
    )
    letters = sum(len(part) for part in parts[::2])
    padding = ("~" * -(-letters * 2 // 5)) if letters else ""
    return f"[{accented}{padding}]"
