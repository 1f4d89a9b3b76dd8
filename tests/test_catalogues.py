"""Every translation that ships is whole, and its placeholders and access keys work."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted((ROOT / "resources" / "locale").glob("*/LC_MESSAGES/nca_wizard.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
ACCESS_KEY = re.compile(r"&(?!&)\w")


def messages(path: Path) -> Iterator[tuple[str, str]]:
    """English and translated form; plural forms one by one."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            yield from zip(message.id, message.string or (), strict=True)


def test_a_language_ships_beside_english() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["de"]


def test_every_text_of_code_and_rulebook_is_translated() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/extract_texts.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, f"run `make texts` and translate what is new:\n{done.stdout}"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_placeholders_and_access_keys_survive_translation(path: Path) -> None:
    for english, translated in messages(path):
        if not english:
            continue
        assert sorted(PLACEHOLDER.findall(translated)) == sorted(PLACEHOLDER.findall(english))
        keys = len(ACCESS_KEY.findall(english)), len(ACCESS_KEY.findall(translated))
        assert keys[0] == keys[1], english
