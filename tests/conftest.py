import os

# Before anything imports Qt: the tests open no window anyone could see.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pathlib import Path

import pytest

from nca_wizard.paths import resources
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.rulebook import load


@pytest.fixture(autouse=True)
def _home_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test sees or changes what belongs to whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LC_PAPER", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rulebook that ships."""
    return load(resources())


@pytest.fixture(scope="session")
def checkout() -> Path:
    return Path(__file__).parent.parent
