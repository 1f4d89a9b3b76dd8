"""A data folder where a database is not safe is told from one where it is."""

from pathlib import Path

import pytest

from nca_wizard.history.place import notice_about, risk_of

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
fileserver:/home /home nfs4 rw 0 0
//server/share /mnt/team\\040share cifs rw 0 0
tmpfs /home/local tmpfs rw 0 0
garbage
"""


@pytest.mark.parametrize(
    ("folder", "risk"),
    [
        ("/var/data", None),
        ("/home/anna/data", "network"),
        ("/home/local/data", None),
        ("/mnt/team share/nca", "network"),
        ("/mnt/team", None),
        ("/data/OneDrive/nca", "synchronised"),
        ("/data/OneDrive - Contoso AB/nca", "synchronised"),
        ("/data/Dropbox (Personal)/x/nca", "synchronised"),
        ("/data/dropboxes/nca", None),
        ("/data/Google Drive/nca", "synchronised"),
        ("/Users/a/Library/Mobile Documents/nca", "synchronised"),
        ("/Users/a/Library/CloudStorage/Box-Box/nca", "synchronised"),
        ("/Users/a/CloudStorage/nca", None),
    ],
)
def test_the_place_tells_its_risk(folder: str, risk: str | None) -> None:
    found = risk_of(Path(folder), {}, MOUNTS)

    assert (found and found[0]) == risk
    if found:
        assert folder in str(found[1])
        assert str(found[1]).endswith(".")


@pytest.mark.parametrize("mark", [".dropbox", ".stfolder", ".sync_6f2.db", "._sync_1.db"])
def test_the_marks_of_a_synchronising_program_are_seen(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "work" / "nca"
    folder.mkdir(parents=True)
    assert risk_of(folder, {}, "") is None

    (tmp_path / mark).touch()

    found = risk_of(folder, {}, "")
    assert found is not None
    assert found[0] == "synchronised"


def test_where_the_system_says_the_synchronised_folder_is_is_believed(tmp_path: Path) -> None:
    place = {"OneDriveCommercial": str(tmp_path)}

    assert risk_of(tmp_path / "nca", place, "") is not None
    assert risk_of(tmp_path.parent / "nca", place, "") is None


def test_a_folder_that_is_not_there_yet_is_looked_at_too(tmp_path: Path) -> None:
    assert risk_of(tmp_path / "none" / "such", {}, "") is None


def test_an_ordinary_folder_gives_no_notice(tmp_path: Path) -> None:
    assert notice_about(tmp_path) is None
