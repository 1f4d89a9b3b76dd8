import json
import sys
from pathlib import Path

import pytest

from nca_wizard import paths
from nca_wizard.errors import NoSuchFile
from nca_wizard.paths import DataFolder, resources
from nca_wizard.settings import Settings, load_settings


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


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual folder of this user, where a file says that everything is on a drive."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **_named: tmp_path / "usual")
    usual = DataFolder.of_this_user().root
    usual.mkdir()
    (usual / "moved-to.json").write_text(json.dumps({"folder": str(tmp_path / "drive")}))
    return usual


def test_a_folder_that_was_moved_is_found(usual: Path, tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "history.sqlite").touch()
    folder = DataFolder.of_this_user()

    assert folder == DataFolder(tmp_path / "drive", usual)
    assert folder.absence() is None
    assert folder.log == tmp_path / "drive" / "log"


@pytest.mark.parametrize("mounted", [True, False])
def test_a_drive_that_is_not_connected_is_no_empty_folder(
    usual: Path, tmp_path: Path, mounted: bool
) -> None:
    if mounted:
        # The place where a drive appears can be there without it.
        (tmp_path / "drive").mkdir()
    folder = DataFolder.of_this_user()

    assert str(folder.absence()) == (
        f"Your data folder {tmp_path / 'drive'} is not there. Connect the drive and try again."
    )
    with pytest.raises(NoSuchFile, match="Connect the drive"):
        folder.check_it_is_there()
    assert folder.log == usual / "log"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"folder": 1}', '{"folder": "x"}', "\udcff"])
def test_a_file_that_names_no_folder_is_no_reason_to_begin_anew(usual: Path, content: str) -> None:
    (usual / "moved-to.json").write_bytes(content.encode(errors="surrogateescape"))
    folder = DataFolder.of_this_user()

    assert "moved-to.json says where your data folder is, but it cannot be read" in str(
        folder.absence()
    )
    assert folder.log == usual / "log"
    assert load_settings(folder.settings).settings == Settings()


def test_a_folder_that_was_named_may_be_made(tmp_path: Path) -> None:
    DataFolder(tmp_path / "new").check_it_is_there()
    DataFolder(tmp_path / "new", tmp_path / "new").check_it_is_there()


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


def test_a_folder_with_backups_alone_is_there(usual: Path, tmp_path: Path) -> None:
    (tmp_path / "drive" / "backups").mkdir(parents=True)

    assert DataFolder.of_this_user().absence() is None
