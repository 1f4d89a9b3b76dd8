import sys
from pathlib import Path

import pytest

from nca_wizard import paths
from nca_wizard.paths import DataFolder, resources


def test_everything_the_program_keeps_is_in_one_folder(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)

    assert folder.history == tmp_path / "history.sqlite"
    assert folder.settings == tmp_path / "settings.json"
    assert folder.log == tmp_path / "log"
    assert folder.backups == tmp_path / "backups"
    assert folder.rules == tmp_path / "rules"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folder of a Linux desktop")
def test_the_folder_is_where_a_desktop_keeps_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")

    assert DataFolder.of_this_user().root == Path("/somewhere/data/NCA Wizard")


def test_a_checkout_finds_its_own_resources(checkout: Path) -> None:
    assert resources() == checkout / "resources"


def test_a_bundle_finds_its_resources_before_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resources() == tmp_path / "resources"


def test_an_installed_package_finds_the_resources_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nca_wizard" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "nca_wizard" / "paths.py"))

    assert resources() == tmp_path / "nca_wizard" / "_resources"


def test_a_program_without_its_files_says_where_it_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "nca_wizard" / "paths.py"))

    with pytest.raises(FileNotFoundError, match="_resources"):
        resources()
