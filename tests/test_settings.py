import json
from dataclasses import replace
from pathlib import Path

import pytest

from nca_wizard.errors import CannotWrite
from nca_wizard.settings import (
    LoadedSettings,
    PartnerProfile,
    Settings,
    load_settings,
    partner_id_fault,
    save_settings,
    sheet_for,
)

CHOSEN = Settings(
    keep_cases="12_months",
    meeting_at_start=True,
    language="de",
    colours="dark",
    paper="letter",
    partner=PartnerProfile(
        name="Åsa Öberg",
        company="R&D <b>Söhne</b> 東京",
        phone="+46 8 123",
        email="asa@partner.example",
        partner_ids=("1234567", "7654321"),
        track="smb",
        country="DE",
    ),
)


def settings_file(tmp_path: Path, **changes: object) -> Path:
    path = tmp_path / "settings.json"
    save_settings(CHOSEN, path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
    return path


def test_without_a_file_the_usual_settings_hold(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "settings.json")

    assert loaded.settings == Settings()
    assert loaded.notice is None
    assert list(tmp_path.iterdir()) == []


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"

    save_settings(CHOSEN, path)

    assert load_settings(path).settings == CHOSEN
    assert list(path.parent.iterdir()) == [path]


def test_a_lone_surrogate_in_a_name_does_not_stop_saving(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"

    save_settings(Settings(partner=PartnerProfile(name="a\ud800b")), path)

    assert load_settings(path).notice is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"\xff\xfe\x00", "it is not a text file"),
        (b"[1]", "it is not a settings file of NCA Wizard"),
        (b'{"format": "ncacase", "version": 1}', "it is not a settings file of NCA Wizard"),
    ],
)
def test_a_foreign_file_is_kept_aside_and_said(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)

    loaded = load_settings(path)

    assert loaded.settings == Settings()
    assert loaded.notice is not None
    assert why in str(loaded.notice)
    assert (tmp_path / "settings.unusable.json").read_bytes() == content
    assert not path.exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"version": 0}, "it does not say which version of NCA Wizard wrote it"),
        ({"version": "2"}, "it does not say which version of NCA Wizard wrote it"),
        ({"colours": "pink"}, "'colours' is none of system, light, dark"),
        ({"colours": None}, "'colours' is none of"),
        ({"paper": ["a4"]}, "'paper' is none of region, a4, letter"),
        ({"language": "English"}, "'language' is not the code of a language"),
        ({"language": 1}, "'language' is not a text"),
        ({"partner": []}, "'partner' is not a group of settings"),
        ({"partner": {"name": None}}, "'partner.name' is not a text"),
        ({"partner": {"partner_ids": "1"}}, "'partner.partner_ids' is not a list"),
        ({"partner": {"partner_ids": ["x"]}}, "'partner.partner_ids' has something other"),
        ({"partner": {"country": "Germany"}}, "'partner.country' is not the code of a country"),
        ({"partner": {"track": "large"}}, "'partner.track' is none of smb, enterprise"),
    ],
)
def test_a_damaged_file_says_which_setting_is_wrong(
    tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    loaded = load_settings(settings_file(tmp_path, **changes))

    assert loaded.settings == Settings()
    assert loaded.notice is not None
    assert why in str(loaded.notice)


NEWER = {
    "format": "nca-wizard-settings",
    "version": 2,
    "language": "de",
    "colours": "high_contrast",
    "density": {"rows": "wide"},
    "partner": {"company": "Fabrikam", "track": "corporate", "fax": "+46 1"},
}


def test_of_a_newer_file_all_that_is_understood_holds(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(NEWER))

    loaded = load_settings(path)

    partner = PartnerProfile(company="Fabrikam")
    assert loaded.settings == Settings(language="de", partner=partner)
    assert loaded.notice is None


def test_what_a_newer_file_has_beyond_that_stays_in_it(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(NEWER))
    settings = load_settings(path).settings

    save_settings(replace(settings, language="en"), path)

    written = json.loads(path.read_text())
    assert written["language"] == "en"
    assert written["partner"].pop("name") == ""
    for name in ("version", "colours", "density"):
        assert written[name] == NEWER[name]
    assert NEWER["partner"].items() <= written["partner"].items()  # type: ignore[attr-defined]


def test_a_choice_made_here_takes_the_place_of_one_that_is_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(NEWER))
    settings = load_settings(path).settings

    save_settings(replace(settings, colours="dark"), path)

    assert load_settings(path).settings.colours == "dark"


def test_a_setting_of_another_build_is_neither_a_fault_nor_lost(tmp_path: Path) -> None:
    path = settings_file(tmp_path, density="wide")

    loaded = load_settings(path)
    save_settings(loaded.settings, path)

    assert loaded == LoadedSettings(CHOSEN)
    assert json.loads(path.read_text())["density"] == "wide"


def test_no_file_kept_aside_is_overwritten_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in ("first", "second", "third"):
        path.write_text(content)
        load_settings(path)

    kept = {entry.name: entry.read_text() for entry in tmp_path.iterdir()}
    assert kept == {
        "settings.unusable.json": "first",
        "settings.unusable-2.json": "second",
        "settings.unusable-3.json": "third",
    }


def test_a_setting_that_is_not_in_the_file_has_its_usual_value(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"format": "nca-wizard-settings", "version": 1, "paper": "letter"}')

    assert load_settings(path).settings == replace(Settings(), paper="letter")


def test_a_file_that_cannot_be_read_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()

    loaded = load_settings(path)

    assert loaded.settings == Settings()
    assert loaded.notice is not None
    assert "could not be read" in str(loaded.notice)
    assert path.exists()


def test_a_file_that_cannot_be_moved_aside_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{")

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    notice = load_settings(path).notice

    assert notice is not None
    assert "could not be moved aside (permission denied)" in str(notice)


def test_a_folder_that_cannot_be_written_is_a_known_fault(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")

    with pytest.raises(CannotWrite, match=r"settings\.json could not be written"):
        save_settings(Settings(), tmp_path / "data" / "settings.json")


@pytest.mark.parametrize("partner_id", ["", "12 34", "MPN123", "-1", "1.5", "١٢٣", "²", "x" * 900])
def test_a_partner_id_has_digits_only(partner_id: str) -> None:
    sentence = partner_id_fault(partner_id)

    assert sentence is not None
    assert "digits only" in str(sentence)
    assert len(str(sentence)) < 140


def test_a_partner_id_of_digits_is_fine() -> None:
    assert partner_id_fault("1234567") is None


@pytest.mark.parametrize(
    ("paper", "region", "sheet"),
    [
        ("region", "US", "letter"),
        ("region", "SE", "a4"),
        ("region", None, "a4"),
        ("a4", "US", "a4"),
        ("letter", "SE", "letter"),
    ],
)
def test_the_sheet_follows_the_region_unless_one_was_chosen(
    paper: str, region: str | None, sheet: str
) -> None:
    assert sheet_for(paper, region) == sheet  # type: ignore[arg-type]  # a table of plain words
