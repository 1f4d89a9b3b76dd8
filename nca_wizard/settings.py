"""What the seller chose once: language, colours, paper, the partner's own details.

A file of a newer version is read as far as it is understood. What is not stays in it: settings
are written over those that are there, so that whoever goes back and forth loses nothing.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from nca_wizard.errors import reason
from nca_wizard.files import write_whole
from nca_wizard.paths import resources
from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts, available_languages, choose_language

# Plain dataclasses with explicit checks: pydantic takes a tenth of a second to import, and
# the window needs its language and colours before it can paint.

Colours = Literal["system", "light", "dark"]
Paper = Literal["region", "a4", "letter"]
Sheet = Literal["a4", "letter"]
Track = Literal["smb", "enterprise"]
KeepCases = Literal["for_ever", "24_months", "12_months"]

SYSTEM_LANGUAGE = "system"

_FORMAT = "nca-wizard-settings"
_VERSION = 1
_LANGUAGE = r"system|[a-z]{2,3}(_[A-Za-z]{2,4})?"
_COUNTRY = r"([A-Z]{2})?"
# Where Letter is the usual sheet, by CLDR's list of territories that do not use A4.
_LETTER_REGIONS = frozenset(
    ("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE")
)


@dataclass(frozen=True, slots=True)
class PartnerProfile:
    """Who prepares the page; the PartnerIDs are those of locations, as claims ask for them."""

    name: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    partner_ids: tuple[str, ...] = ()
    track: Track | None = None
    country: str = ""
    """Whose public holidays are no working days: a code such as "DE"; "" leaves out weekends
    alone."""


@dataclass(frozen=True, slots=True)
class Settings:
    language: str = SYSTEM_LANGUAGE
    colours: Colours = "system"
    text_size: int = 100
    """Per cent of the usual size."""
    paper: Paper = "region"
    partner: PartnerProfile = field(default_factory=PartnerProfile)
    keep_cases: KeepCases = "for_ever"
    """How long a customer that is not evaluated again stays in the history."""
    meeting_at_start: bool = False
    """Whether the window opens as a customer may see it."""
    window: str = ""
    """Where the window was, as Qt writes it down; "" for where it usually is."""
    history_columns: str = ""
    """Which columns the history shows and how wide, as it writes it down; "" for the usual."""
    list_columns: str = ""
    """Which columns had which fields in the lists imported last, as JSON."""
    history_sort: str = ""
    """The column the history is sorted by, with a minus where it is turned round."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """`notice` is for the person when the file could not be used as it was."""

    settings: Settings
    notice: Sentence | None = None


class _NotOurs(Exception):
    """The file is not what this program writes; `why` is to follow a colon."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


def partner_id_fault(partner_id: str) -> Sentence | None:
    """Why `partner_id` is not one, as a sentence, or None when it is fine."""
    # isdigit() alone also takes digits of other scripts, which Partner Center does not.
    if partner_id.isascii() and partner_id.isdigit():
        return None
    shown = partner_id if len(partner_id) <= 40 else f"{partner_id[:40]}..."
    return Sentence(
        "A PartnerID has digits only, such as 1234567; '%(shown)s' has something else.", shown=shown
    )


def sheet_for(paper: Paper, region: str | None) -> Sheet:
    """The sheet to print on; a system that names no region gets A4, as most of the world does."""
    if paper == "region":
        return "letter" if region in _LETTER_REGIONS else "a4"
    return paper


def texts_of(settings: Settings) -> Texts:
    """The texts in the language of `settings`, or the nearest there is."""
    folder = resources() / "locale"
    return Texts.load(choose_language(settings.language, available_languages(folder)), folder)


def load_settings(path: Path) -> LoadedSettings:
    """Read `path`; no file means the defaults, and a file of no use is kept aside."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except UnicodeDecodeError:
        return _start_afresh(path, Sentence("it is not a text file"))
    except OSError as fault:
        return LoadedSettings(
            Settings(),
            Sentence(
                "The settings in %(path)s could not be read (%(why)s); "
                "the usual ones are used for now.",
                path=path,
                why=reason(fault),
            ),
        )
    try:
        return LoadedSettings(_settings_from(json.loads(text)))
    except (json.JSONDecodeError, RecursionError):
        return _start_afresh(path, Sentence("it is not JSON"))
    except _NotOurs as fault:
        return _start_afresh(path, fault.why)


def save_settings(settings: Settings, path: Path) -> None:
    """Write `path` whole or not at all. Raises CannotWrite."""
    document = _written_over(_stored(path), settings)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode("utf-8", errors="backslashreplace"), make_folder=True)


def _start_afresh(path: Path, why: Sentence) -> LoadedSettings:
    aside = _free_name(path)
    try:
        path.replace(aside)
    except OSError as fault:
        kept = Sentence("it could not be moved aside (%(why)s)", why=reason(fault))
    else:
        kept = Sentence("it is kept as %(name)s", name=aside.name)
    return LoadedSettings(
        Settings(),
        Sentence(
            "The settings file %(path)s could not be used: %(why)s; %(kept)s.",
            path=path,
            why=why,
            kept=kept,
        ),
    )


def _free_name(path: Path) -> Path:
    aside = path.with_name(f"{path.stem}.unusable{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.unusable-{number}{path.suffix}")
    return aside


def _stored(path: Path) -> dict[str, Any]:
    """The settings file as it is, empty where there is none of ours."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        _version_of(document)
        _by_name(document)
    except (OSError, ValueError, RecursionError, _NotOurs):
        return {}
    return cast("dict[str, Any]", document)


def _written_over(stored: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """What is stored, with `settings` in it."""
    document = {"format": _FORMAT, "version": _VERSION, **stored}
    strange = _by_name(document).keys() - _understood(document).keys()
    usual = _by_name(asdict(Settings()))
    for name, value in _by_name(asdict(settings)).items():
        # Still the usual value, so nobody has chosen anything else than what is not understood.
        if name not in strange or value != usual[name]:
            _, _, in_group = name.partition(_GROUP)
            group = document.setdefault("partner", {}) if in_group else document
            group[in_group or name] = value
    return document


def _settings_from(document: object) -> Settings:
    version = _version_of(document)
    values = cast("dict[str, Any]", document)
    if version == _VERSION:
        for name, value in _by_name(values).items():
            if name in _CHECKS:
                _CHECKS[name](value, name)
    understood = _understood(values)
    partner = {
        name.removeprefix(_GROUP): understood.pop(name)
        for name in [*understood]
        if name.startswith(_GROUP)
    }
    return Settings(**understood, partner=PartnerProfile(**partner))


def _version_of(document: object) -> int:
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise _NotOurs(Sentence("it is not a settings file of NCA Wizard"))
    version = document.get("version")
    if not isinstance(version, int) or version < _VERSION:
        raise _NotOurs(Sentence("it does not say which version of NCA Wizard wrote it"))
    return version


def _by_name(document: Mapping[str, Any]) -> dict[str, Any]:
    """Every value: `colours`, `partner.name`."""
    partner = document.get("partner", {})
    if not isinstance(partner, dict):
        raise _NotOurs(Sentence("'partner' is not a group of settings"))
    alone = {name: value for name, value in document.items() if name != "partner"}
    return alone | {f"{_GROUP}{name}": value for name, value in partner.items()}


def _understood(document: Mapping[str, Any]) -> dict[str, Any]:
    """By name, the settings this version knows with a value it knows."""
    values = {}
    for name, value in _by_name(document).items():
        with suppress(KeyError, _NotOurs):
            values[name] = _CHECKS[name](value, name)
    return values


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _NotOurs(Sentence("'%(name)s' is not a text", name=name))
    return value


def _one_of(choices: tuple[object, ...]) -> "_Check":
    def check(value: object, name: str) -> object:
        if not isinstance(value, str | None) or value not in choices:
            known = ", ".join(str(choice) for choice in choices if choice is not None)
            raise _NotOurs(Sentence("'%(name)s' is none of %(known)s", name=name, known=known))
        return value

    return check


def _language(value: object, name: str) -> str:
    if not re.fullmatch(_LANGUAGE, _text(value, name)):
        raise _NotOurs(Sentence("'%(name)s' is not the code of a language", name=name))
    return _text(value, name)


def _partner_ids(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _NotOurs(Sentence("'%(name)s' is not a list", name=name))
    for entry in value:
        if partner_id_fault(_text(entry, name)):
            raise _NotOurs(Sentence("'%(name)s' has something other than digits", name=name))
    return tuple(cast("list[str]", value))


def _country(value: object, name: str) -> str:
    # Whether there is such a country is for those to say who look its holidays up.
    if not re.fullmatch(_COUNTRY, _text(value, name)):
        raise _NotOurs(Sentence("'%(name)s' is not the code of a country", name=name))
    return _text(value, name)


def _per_cent(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 100 <= value <= 200:
        raise _NotOurs(Sentence("'%(name)s' is not a number from 100 to 200", name=name))
    return value


def _yes_or_no(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise _NotOurs(Sentence("'%(name)s' is neither true nor false", name=name))
    return value


_Check = Callable[[object, str], object]

_GROUP = "partner."
_CHECKS: dict[str, _Check] = {
    "language": _language,
    "colours": _one_of(get_args(Colours)),
    "text_size": _per_cent,
    "paper": _one_of(get_args(Paper)),
    "keep_cases": _one_of(get_args(KeepCases)),
    "meeting_at_start": _yes_or_no,
    "window": _text,
    "history_columns": _text,
    "list_columns": _text,
    "history_sort": _text,
    "partner.name": _text,
    "partner.company": _text,
    "partner.phone": _text,
    "partner.email": _text,
    "partner.partner_ids": _partner_ids,
    "partner.track": _one_of((*get_args(Track), None)),
    "partner.country": _country,
}
