import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from nca_wizard import texts
from nca_wizard.texts import Texts, available_languages, choose_language, language_name

DAY = date(2026, 11, 22)

GERMAN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Continue"
msgstr "Weiter"

msgctxt "a case"
msgid "Open"
msgstr "Öffnen"

msgid "%(count)d action"
msgid_plural "%(count)d actions"
msgstr[0] "%(count)d Aktion"
msgstr[1] "%(count)d Aktionen"
"""


@pytest.fixture
def locale_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "nca_wizard.po").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def test_english_needs_no_catalogue() -> None:
    t = Texts.load("en")

    assert t("Continue") == "Continue"
    assert t("") == ""
    assert t.plural("%(count)d action", "%(count)d actions", 1) == "1 action"
    assert t.plural("%(count)d action", "%(count)d actions", 0) == "0 actions"
    assert t.context("a case", "Open") == "Open"


def test_a_text_is_translated(locale_folder: Path) -> None:
    t = Texts.load("de", locale_folder)

    assert t("Continue") == "Weiter"
    assert t.plural("%(count)d action", "%(count)d actions", 2) == "2 Aktionen"
    assert t.context("a case", "Open") == "Öffnen"
    assert t("") == ""


def test_a_compiled_catalogue_is_read_first(locale_folder: Path) -> None:
    changed = GERMAN.replace("Weiter", "Vorwärts").encode()
    compiled = locale_folder / "de" / "LC_MESSAGES" / "nca_wizard.mo"
    with compiled.open("wb") as stream:
        write_mo(stream, read_po(io.BytesIO(changed), locale="de"))

    assert Texts.load("de", locale_folder)("Continue") == "Vorwärts"


def test_rules_bring_texts_that_the_catalogue_lacks(locale_folder: Path) -> None:
    plain = Texts.load("de", locale_folder)
    t = plain.also({"A new rule": "Eine neue Regel", "Nothing yet": ""})

    assert t("A new rule") == "Eine neue Regel"
    assert t("Continue") == plain("Continue") == "Weiter"
    assert t("Nothing yet") == "Nothing yet"
    assert t.language == "de"
    assert plain.also({}) is plain


def test_a_language_without_a_catalogue_is_refused_by_name(locale_folder: Path) -> None:
    with pytest.raises(LookupError, match="'fr'"):
        Texts.load("fr", locale_folder)
    with pytest.raises(LookupError, match="'de'"):
        Texts.load("de")


def test_a_day_is_written_so_that_nobody_takes_it_for_a_month() -> None:
    t = Texts.load("en")

    assert t.date(DAY) == "22 Nov 2026"
    assert t.month(DAY) == "November 2026"
    assert t.moment(datetime(2026, 11, 22, 14, 5, tzinfo=UTC)) == "22 Nov 2026 14:05"


def test_each_language_writes_figures_its_own_way(locale_folder: Path) -> None:
    english, german = Texts.load("en"), Texts.load("de", locale_folder)

    assert (english.number(1500), german.number(1500)) == ("1,500", "1.500")
    assert english.number(Decimal("0.5")) == "0.5"
    assert (english.dollars(1500), german.dollars(1500)) == ("US$1,500", "1.500\xa0$")
    assert german.date(DAY) == "22.11.2026"


def test_a_list_reads_as_a_sentence_does() -> None:
    t = Texts.load("en")

    assert t.listing([]) == ""
    assert t.listing(["A"]) == "A"
    assert t.listing(["A", "B", "C"]) == "A, B and C"
    assert t.listing(["A", "B"], joined_by="or") == "A or B"


def test_the_direction_of_writing_is_known(locale_folder: Path) -> None:
    (locale_folder / "de").rename(locale_folder / "ar")

    assert Texts.load("ar", locale_folder).reads_right_to_left
    assert not Texts.load("en").reads_right_to_left


def test_every_catalogue_is_a_language_to_choose(locale_folder: Path) -> None:
    assert available_languages(locale_folder) == ["en", "de"]
    assert available_languages(locale_folder / "nothing") == ["en"]


@pytest.mark.parametrize(
    ("wished", "system", "chosen"),
    [
        ("de", [], "de"),
        ("fr", ["de"], "en"),
        ("system", ["fr_FR", "de_AT"], "de"),
        ("system", ["de-DE"], "de"),
        ("system", [], "en"),
        ("qps", [], "qps"),
    ],
)
def test_the_language_is_the_first_that_fits(wished: str, system: list[str], chosen: str) -> None:
    assert choose_language(wished, ["en", "de"], system) == chosen


def test_the_system_is_asked_in_the_order_gettext_asks() -> None:
    environment = {"LANGUAGE": "de:fr", "LC_MESSAGES": "sv_SE.UTF-8", "LANG": "en_US.UTF-8"}

    assert texts.system_languages(environment) == ["de", "fr", "sv_SE"]
    assert texts.system_languages({"LANG": "C.UTF-8"}) == []
    assert choose_language("system", ["en", "de"]) == "en"


@pytest.mark.parametrize(
    ("environment", "region"),
    [
        ({"LANG": "en_US.UTF-8"}, "US"),
        ({"LANG": "en_US.UTF-8", "LC_PAPER": "sv_SE.UTF-8"}, "SE"),
        ({"LANG": "C.UTF-8"}, None),
        ({}, None),
    ],
)
def test_the_region_is_that_of_the_paper(environment: dict[str, str], region: str | None) -> None:
    assert texts.system_region(environment) == region


def test_a_language_is_listed_under_its_own_name() -> None:
    assert language_name("en") == "English"
    assert language_name("de") == "Deutsch"
    assert language_name("fr") == "Français"


def test_the_pseudo_language_is_longer_and_keeps_what_must_stay() -> None:
    t = Texts.load("qps")

    assert t("Continue") == "[Çóñtíñúé~~~~]"
    assert t("<b>&Open %(name)s</b> {0}").startswith("[<b>&Opéñ %(name)s</b> {0}")
    assert t.plural("%(count)d case", "%(count)d cases", 2) == "[2 çášéš~~~]"
    assert t.plural("%(count)d case", "%(count)d cases", 1) == "[1 çášé~~]"
    assert t.context("a case", "Open") == "[Ópéñ~~]"
    assert t("") == ""
    assert t.date(DAY) == "22 Nov 2026"


def test_a_marked_text_is_left_as_it_is() -> None:
    assert texts.N_("Continue") == "Continue"
