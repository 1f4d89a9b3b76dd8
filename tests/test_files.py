from pathlib import Path

import pytest

from nca_wizard.errors import CannotWrite
from nca_wizard.files import write_whole


def test_a_file_is_written_with_the_folders_on_the_way_if_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "page.pdf"

    with pytest.raises(CannotWrite, match="could not be written"):
        write_whole(path, b"%PDF")
    write_whole(path, b"%PDF", make_folder=True)

    assert path.read_bytes() == b"%PDF"
    assert list(path.parent.iterdir()) == [path]


def test_a_name_of_full_length_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)

    write_whole(path, b"1")

    assert path.read_bytes() == b"1"


def test_what_was_there_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotWrite, match=r"page\.pdf could not be written: the disk is full"):
        write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(CannotWrite, match="could not be written"):
        write_whole(tmp_path / "taken" / "page.pdf", b"")
