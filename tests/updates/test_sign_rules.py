"""The tool that signs: no key in the repository, no update that the program would refuse."""

import importlib.util
import shutil
import stat
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from nacl.signing import SigningKey

from nca_wizard.errors import RulebookFault
from nca_wizard.updates.reading import public_key_in, read_update
from tests.updates.making import KEY


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "packaging" / "sign_rules.py"
    spec = importlib.util.spec_from_file_location("sign_rules", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def whole_build(build: Path, checkout: Path) -> Path:
    """With the translations, too."""
    shutil.copytree(checkout / "resources" / "locale", build / "locale")
    return build


@pytest.fixture
def private(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text(bytes(KEY).hex(), encoding="ascii")
    return path


def test_a_key_pair_is_made_whose_private_half_only_its_owner_reads(
    tool: ModuleType, tmp_path: Path
) -> None:
    private, public = tmp_path / "key", tmp_path / "build" / "rules_public_key"
    public.parent.mkdir()
    tool.make_key(private, public, tmp_path / "repository")

    key = tool.private_key(private)

    assert public_key_in(public.parent) == bytes(key.verify_key)
    if sys.platform != "win32":
        assert stat.S_IMODE(private.stat().st_mode) == 0o600


@pytest.mark.parametrize("place", ["key", "deep/er/key", "../repository/key"])
def test_a_private_key_in_the_repository_is_refused(
    tool: ModuleType, tmp_path: Path, place: str
) -> None:
    repository = tmp_path / "repository"
    (repository / "deep" / "er").mkdir(parents=True)

    with pytest.raises(SystemExit, match="in the repository"):
        tool.make_key(repository / place, tmp_path / "public", repository)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_neither_half_of_a_key_pair_is_overwritten(tool: ModuleType, tmp_path: Path) -> None:
    private, public = tmp_path / "key", tmp_path / "public"
    tool.make_key(private, public, tmp_path / "repository")
    before = private.read_text()

    with pytest.raises(SystemExit, match="is there already"):
        tool.make_key(tmp_path / "key 2", public, tmp_path / "repository")
    public.unlink()
    with pytest.raises(SystemExit, match="cannot be written"):
        tool.make_key(private, public, tmp_path / "repository")

    assert private.read_text() == before
    assert not public.exists()


def test_what_it_signs_the_program_takes_with_its_translations(
    tool: ModuleType, whole_build: Path, tmp_path: Path, today: date
) -> None:
    path = tmp_path / "rules.ncarules"
    path.write_bytes(tool.update_of(whole_build, KEY))

    update = read_update(path, bytes(KEY.verify_key), 0, today=today)

    assert update.version == "2026.11"
    book, german = update.rulebook, update.translations["de"]
    assert all(question.title in german for question in book.questions)
    assert all(rule.because.for_us in german for rule in (*book.access, *book.measured))
    assert "Continue" not in german
    assert len(update.data) < 100_000


def test_faulty_rules_are_not_signed(tool: ModuleType, whole_build: Path) -> None:
    access = whole_build / "rules" / "access.toml"
    text = access.read_text(encoding="utf-8")
    first = text.split("[[access]]")[1]
    access.write_text(text.replace("[[access]]" + first, "", 1), encoding="utf-8")

    with pytest.raises(RulebookFault, match=r"access\.toml"):
        tool.update_of(whole_build, KEY)


def test_a_key_that_the_build_does_not_have_signs_nothing(
    tool: ModuleType, whole_build: Path, other_key: SigningKey
) -> None:
    with pytest.raises(SystemExit, match="is not the public key"):
        tool.update_of(whole_build, other_key)


def test_nothing_is_signed_when_a_check_fails(
    tool: ModuleType,
    whole_build: Path,
    private: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "rules.ncarules"
    monkeypatch.setattr(tool, "RESOURCES", whole_build)
    monkeypatch.setattr(tool, "CHECKS", {"examples": ["-c", "raise SystemExit(1)"]})

    with pytest.raises(SystemExit, match="The examples fail: nothing is signed"):
        tool.sign(private, out)
    assert not out.exists()

    monkeypatch.setattr(tool, "CHECKS", {"examples": ["-c", ""]})
    tool.sign(private, out)
    tool.verify(out)

    assert capsys.readouterr().out.count("version   2026.11\n") == 2
    with pytest.raises(SystemExit, match="is there already"):
        tool.sign(private, out)
    with pytest.raises(SystemExit, match=r"does not end in \.ncarules"):
        tool.sign(private, tmp_path / "rules.zip")


def test_the_examples_and_translations_are_checked_before_signing(
    tool: ModuleType, checkout: Path
) -> None:
    named = [part for command in tool.CHECKS.values() for part in command if part.endswith(".py")]

    assert [name for name in named if not (checkout / name).is_file()] == []
    assert "tests/content/test_examples.py" in named


@pytest.mark.parametrize("text", ["", "no hex", "ab" * 31])
def test_what_is_no_private_key_is_named(tool: ModuleType, tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text, encoding="ascii")

    with pytest.raises(SystemExit, match="is no private key"):
        tool.private_key(tmp_path / "key")
    with pytest.raises(SystemExit, match="is no private key"):
        tool.private_key(tmp_path / "missing")
