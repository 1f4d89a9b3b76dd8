import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nca_wizard.licences import components
from nca_wizard.paths import resources
from nca_wizard.texts import Texts
from nca_wizard.ui.licences_dialog import LicencesDialog
from nca_wizard.ui.program import Program
from tests.ui.walking import about_of


@pytest.fixture
def dialog(qtbot: QtBot) -> LicencesDialog:
    shown = LicencesDialog(Texts.load("en"))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def names(dialog: LicencesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def choose(dialog: LicencesDialog, name: str) -> None:
    row = next(row for row, said in enumerate(names(dialog)) if f"{said} ".startswith(f"{name} "))
    dialog.list.setCurrentRow(row)


def test_about_opens_the_licences(program: Program, qtbot: QtBot) -> None:
    with about_of(program) as about:
        about.show_licences()

        opened = about.findChild(LicencesDialog)
        assert opened is not None
        assert opened.isVisible()


def test_every_component_is_listed_ours_first_the_others_by_name(dialog: LicencesDialog) -> None:
    listed = names(dialog)

    assert len(listed) == len(components(resources()))
    assert listed[0] == "NCA Wizard"
    assert listed[1:] == sorted(listed[1:], key=str.casefold)


def test_the_arrow_keys_show_one_licence_after_the_other(dialog: LicencesDialog) -> None:
    assert dialog.text.toPlainText().startswith("MIT License")

    QTest.keyClick(dialog.list, Qt.Key.Key_Down)

    assert dialog.name.text() == names(dialog)[1]
    assert not dialog.text.toPlainText().startswith("MIT License")


def test_only_qt_and_its_bindings_say_how_to_replace_them(dialog: LicencesDialog) -> None:
    choose(dialog, "Qt")
    assert dialog.notice.isVisible()
    assert "your own build" in dialog.notice.text()
    [folder] = re.findall(r"separate files in (.+?)\. You", dialog.notice.text())
    assert list(Path(folder).glob("PySide6/Qt*"))
    assert list(Path(folder).glob("shiboken6/Shiboken.*"))

    choose(dialog, "HarfBuzz")
    assert not dialog.notice.isVisible()
    assert "Part of Qt" in dialog.facts.text()


def test_lines_broken_for_a_typewriter_flow_and_lists_do_not(dialog: LicencesDialog) -> None:
    choose(dialog, "Qt")
    assert "incorporates the terms and conditions of version 3" in dialog.text.toPlainText()

    choose(dialog, "Rust libraries in pydantic-core")
    lines = dialog.text.toPlainText().splitlines()
    assert lines[2].startswith("ahash 0.")
    assert lines[3].startswith("aho-corasick 1.")
