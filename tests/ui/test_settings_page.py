"""Settings: they act at once, and nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.paths import DataFolder
from nca_wizard.settings import PartnerProfile, Settings
from nca_wizard.ui.confirm import Confirm
from nca_wizard.ui.program import Program
from nca_wizard.ui.settings_page import SettingsPage
from nca_wizard.ui.widgets import LinkButton
from tests.ui.results import T, words_on
from tests.ui.walking import bench_of

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

    page.data.folder_button.click()
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

    assert "two computers can damage it" in page.data.risk.sentence


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


def reset_of(page: SettingsPage, group: str) -> LinkButton:
    """The link that puts a group back."""
    return next(
        link for link in page.findChildren(LinkButton) if link.accessibleName() == f"Reset: {group}"
    )


def test_meeting_mode_at_start_is_off_until_it_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    page, told = page_of(qtbot, tmp_path)
    assert page.meeting.chosen() == ("off",)
    page.meeting.rows["on"].click()

    assert told[-1].meeting_at_start


@pytest.mark.parametrize(
    ("group", "changed"),
    [
        ("Colours", Settings(colours="dark")),
        ("Text size", Settings(text_size=150)),
        ("Paper", Settings(paper="letter")),
        ("Meeting mode at start", Settings(meeting_at_start=True)),
        ("Keep cases", Settings(keep_cases="12_months")),
    ],
)
def test_each_group_goes_back_to_what_is_usual_and_leaves_the_others(
    qtbot: QtBot, tmp_path: Path, group: str, changed: Settings
) -> None:
    page, told = page_of(qtbot, tmp_path, replace(changed, partner=PROFILE))
    shown = [link.accessibleName() for link in page.findChildren(LinkButton) if link.isVisible()]
    assert shown.count(f"Reset: {group}") == 1
    assert sorted(shown) == sorted([f"Reset: {group}", "Reset: Prepared by"])
    reset_of(page, group).click()

    assert told == [Settings(partner=PROFILE)]
    assert not reset_of(page, group).isVisible()
    usual, _ = page_of(qtbot, tmp_path, Settings(partner=PROFILE))
    for one in ("colours", "paper", "meeting", "keep", "track"):
        assert getattr(page, one).chosen() == getattr(usual, one).chosen(), one
    assert page.text_size.value() == "100"


def test_the_language_goes_back_to_that_of_the_system(qtbot: QtBot, tmp_path: Path) -> None:
    page, told = page_of(qtbot, tmp_path, Settings(language="de"), languages=("en", "de"))
    reset_of(page, "Language").click()

    assert told == [Settings()]


def test_who_prepared_the_page_is_emptied_only_after_a_question(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page, told = page_of(qtbot, tmp_path, Settings(colours="dark", partner=PROFILE))
    page.partner_ids.set_text("1234567, 12a")
    reset_of(page, "Prepared by").click()
    asked = page.findChildren(Confirm)[-1]
    asked.reject()
    assert page.partner_ids.text() == "1234567, 12a"
    assert told[-1].partner.name == "J. Seller"
    reset_of(page, "Prepared by").click()
    page.findChildren(Confirm)[-1].accept()

    assert told[-1] == Settings(colours="dark")
    fields = (page.name, page.company, page.phone, page.email, page.partner_ids)
    assert [field.text() for field in fields] == [""] * 5
    assert page.track.chosen() == ("unset",)
    assert page.country.value() == ""
    assert "has something else" not in words_on(page)


def test_another_group_put_back_leaves_what_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    page, _ = page_of(qtbot, tmp_path, Settings(colours="dark"))
    page.partner_ids.set_text("1234567, 12a")
    reset_of(page, "Colours").click()

    assert page.partner_ids.text() == "1234567, 12a"


def test_a_text_size_chosen_by_keys_stays_when_something_else_is_chosen(program: Program) -> None:
    bench_of(program).show_settings()
    page = program.window.page
    assert isinstance(page, SettingsPage)
    program.theme.larger_text()
    page.paper.rows["letter"].click()

    assert page.text_size.value() == "110"
    assert bench_of(program).settings == Settings(text_size=110, paper="letter")
    reset_of(page, "Text size").click()
    assert program.theme.text_size == 100
