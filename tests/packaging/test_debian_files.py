"""The files around the program say what the program says."""

import configparser
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from nca_wizard import __main__ as program
from nca_wizard.exchange import ENDING as CASE_ENDING
from nca_wizard.ui.application import APP_ID
from nca_wizard.ui.main_window import APP_TITLE
from nca_wizard.updates import container


@pytest.fixture
def debian(checkout: Path) -> Path:
    return checkout / "packaging" / "debian"


@pytest.fixture
def entry(debian: Path) -> configparser.SectionProxy:
    reader = configparser.ConfigParser(interpolation=None)
    reader.read(debian / f"{APP_ID}.desktop", encoding="utf-8")
    return reader["Desktop Entry"]


def test_the_menu_entry_is_the_windows_own(entry: configparser.SectionProxy) -> None:
    assert entry["Name"] == APP_TITLE
    assert entry["StartupWMClass"] == APP_TITLE
    assert entry["Icon"] == APP_ID


def test_case_files_and_rules_updates_open_with_the_program(
    entry: configparser.SectionProxy, debian: Path
) -> None:
    types = ET.parse(debian / "mime.xml").getroot()  # noqa: S314  our own file
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    endings = {
        one.get("type"): [glob.get("pattern") for glob in one.findall("m:glob", space)]
        for one in types.findall("m:mime-type", space)
    }

    assert endings == {
        "application/x-ncacase": [f"*{CASE_ENDING}"],
        "application/x-nca-rules": [f"*{container.ENDING}"],
    }
    assert set(entry["MimeType"].strip(";").split(";")) == endings.keys()


def test_every_text_of_the_menu_entry_is_there_in_german(
    entry: configparser.SectionProxy,
) -> None:
    assert all(f"{name}[de]" in entry for name in ("GenericName", "Comment", "Keywords"))


def test_the_software_centre_knows_the_program_by_the_same_names(debian: Path) -> None:
    described = ET.parse(debian / f"{APP_ID}.metainfo.xml").getroot()  # noqa: S314  our own file

    assert described.findtext("id") == APP_ID
    assert described.findtext("name") == APP_TITLE
    assert described.findtext("launchable") == f"{APP_ID}.desktop"


def test_the_manual_page_names_every_command_and_option(debian: Path) -> None:
    manual = (debian / "nca-wizard.1").read_text(encoding="utf-8").replace("\\-", "-")
    options = set(re.findall(r"--[a-z-]+", program._HELP))

    assert all(command in manual for command in program.COMMANDS)
    assert all(option in manual for option in options)
