"""Settings: they act at once, and nothing typed is lost."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.paths import DataFolder
from nca_wizard.settings import PartnerProfile, Settings
from nca_wizard.ui.settings_page import SettingsPage
from tests.ui.results import T, words_on

PROFILE = PartnerProfile(
    name="J. Seller", company="R&D <b>Partner</b>", partner_ids=("1234567", "7654321"), track="smb"
)


def page_of(
    qtbot: QtBot,
    folder: Path,
    settings: Settings | None = None,
    languages: Sequence[str] = ("en",),
    region: str = "SE",
) -> tuple[SettingsPage, list[Settings]]:
    page = SettingsPage(
        T, settings or Settings(), DataFolder(folder), languages=languages, region=region
    )
    qtbot.addWidget(page)
    told: list[Settings] = []
    page.changed.connect(told.append)
    page.show()
    return page, told


def test_it_shows_what_is_set(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(colours="dark", paper="letter", partner=PROFILE)
    page, told = page_of(qtbot, tmp_path, settings)

    assert page.colours.chosen() == ("dark",)
    assert page.paper.chosen() == ("letter",)
    assert page.company.text() == "R&D <b>Partner</b>"
    assert page.partner_ids.text() == "1234567, 7654321"
    assert page.track.chosen() == ("smb",)
    assert str(tmp_path) in words_on(page)
    assert told == []


def test_colours_and_paper_act_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    page, told = page_of(qtbot, tmp_path)

    page.colours.rows["dark"].click()
    page.paper.rows["letter"].click()
    assert [(one.colours, one.paper) for one in told] == [("dark", "region"), ("dark", "letter")]


@pytest.mark.parametrize(("region", "usual"), [("SE", "A4"), ("US", "Letter")])
def test_the_usual_paper_of_the_region_is_named(
    qtbot: QtBot, tmp_path: Path, region: str, usual: str
) -> None:
    page, _ = page_of(qtbot, tmp_path, region=region)

    assert page.paper.rows["region"].accessibleName() == f"As in this region ({usual})"


def test_the_profile_is_told_as_it_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    page, told = page_of(qtbot, tmp_path)

    page.name.set_text("J. Seller")
    page.track.rows["enterprise"].click()
    assert told[-1].partner == PartnerProfile(name="J. Seller", track="enterprise")
    page.track.rows["unset"].click()
    assert told[-1].partner.track is None


def test_a_wrong_partner_id_gets_a_sentence_and_stays_in_its_field(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page, told = page_of(qtbot, tmp_path)

    page.partner_ids.set_text("1234567, 12a")
    assert told[-1].partner == PartnerProfile(partner_ids=("1234567",))
    assert page.partner_ids.text() == "1234567, 12a"
    assert "'12a' has something else" in words_on(page)
    assert "'12a'" in page.partner_ids.edit.accessibleDescription()
    page.partner_ids.set_text("1234567, 127")
    assert told[-1].partner == PartnerProfile(partner_ids=("1234567", "127"))
    assert "has something else" not in words_on(page)


def test_one_language_shows_a_line_and_no_control(qtbot: QtBot, tmp_path: Path) -> None:
    page, _ = page_of(qtbot, tmp_path)

    assert "Language" not in [box.accessibleName() for box in page.findChildren(QComboBox)]
    assert "NCA Wizard speaks English." in words_on(page)


def test_a_second_language_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    page, told = page_of(qtbot, tmp_path, languages=("en", "de"))
    assert page.language.value() == "system"

    page.language.pick("de")
    page.language.activated.emit(page.language.currentIndex())
    assert told[-1].language == "de"


def test_the_folder_with_the_data_is_shown(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page, _ = page_of(qtbot, tmp_path)

    page.folder_button.click()
    assert [Path(one) for one in opened] == [tmp_path]


def test_everything_to_operate_has_a_name(qtbot: QtBot, tmp_path: Path) -> None:
    page, _ = page_of(qtbot, tmp_path, languages=("en", "de"))

    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget


def test_text_size_and_how_long_cases_are_kept_act_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    page, told = page_of(qtbot, tmp_path, Settings(text_size=125))
    assert page.text_size.value() == "125"
    page.text_size.pick("200")
    page.text_size.activated.emit(0)
    page.keep.rows["12_months"].click()

    assert (told[-1].text_size, told[-1].keep_cases) == (200, "12_months")


def test_a_folder_that_is_synchronised_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    page, _ = page_of(qtbot, tmp_path / "OneDrive - Contoso")

    assert "two computers can damage it" in page.risk.sentence


def test_the_country_is_chosen_by_its_name_and_kept_by_its_code(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page, changes = page_of(qtbot, tmp_path)
    page.country.setCurrentText("Germany")
    page.country.activated.emit(page.country.currentIndex())

    assert changes[-1].partner.country == "DE"
    page.country.pick("")
    page.country.activated.emit(page.country.currentIndex())
    assert changes[-1].partner.country == ""
