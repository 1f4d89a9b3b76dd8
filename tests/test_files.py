from pathlib import Path

import pytest

from nca_wizard.errors import CannotWrite
from nca_wizard.files import free_name, write_whole


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


def denied(_self: Path, _target: Path) -> None:
    """What Windows says when another program has the file open."""
    raise PermissionError(13, "Access is denied")


def test_a_file_open_elsewhere_is_left_and_a_second_name_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"old")
    (tmp_path / "page (2).pdf").write_bytes(b"older")
    monkeypatch.setattr(Path, "replace", denied)

    with pytest.raises(CannotWrite, match="is open in another program") as caught:
        write_whole(path, b"new")
    monkeypatch.undo()

    assert caught.value.instead == tmp_path / "page (3).pdf"
    assert 'save as "page (3).pdf"' in str(caught.value)
    assert path.read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["page (2).pdf", "page.pdf"]
    write_whole(caught.value.instead, b"new")
    assert caught.value.instead.read_bytes() == b"new"


def test_where_the_folder_takes_nothing_no_name_in_it_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(CannotWrite, match="permission denied") as caught:
        write_whole(tmp_path / "page.pdf", b"new")

    assert caught.value.instead is None
    assert list(tmp_path.iterdir()) == []


def test_a_free_name_is_never_longer_than_a_name_can_be(tmp_path: Path) -> None:
    found = free_name(tmp_path / f"{'ü' * 125}.pdf")

    assert len(found.name.encode()) <= 255
    assert found.name.endswith(" (2).pdf")
    found.touch()
