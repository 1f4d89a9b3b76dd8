import shutil
from datetime import date
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from nca_wizard.paths import resources
from nca_wizard.updates.container import KEY_FILE
from tests.updates.making import KEY, Maker


@pytest.fixture(scope="session")
def make() -> Maker:
    """Makes updates out of the book that ships."""
    return Maker(resources(), KEY)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """The resources of a program that imports updates."""
    folder = tmp_path / "build"
    for part in ("rules", "sources"):
        shutil.copytree(resources() / part, folder / part)
    (folder / KEY_FILE).write_text(bytes(KEY.verify_key).hex() + "\n", encoding="ascii")
    return folder


@pytest.fixture
def today() -> date:
    return date(2026, 11, 22)


@pytest.fixture
def other_key() -> SigningKey:
    return SigningKey(b"o" * 32)
