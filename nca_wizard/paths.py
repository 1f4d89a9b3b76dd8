"""The one data folder, and where the files that come with the program are."""

import sys
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "NCA Wizard"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Everything the program keeps. Nothing is created by naming it."""

    root: Path

    @classmethod
    def of_this_user(cls) -> "DataFolder":
        from platformdirs import user_data_path

        # Without appauthor=False Windows would get the name twice, one folder in the other.
        return cls(user_data_path(APP_NAME, appauthor=False))

    @property
    def history(self) -> Path:
        return self.root / "history.sqlite"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def rules(self) -> Path:
        """The imported rules updates, and every rulebook that was used before."""
        return self.root / "rules"


def resources() -> Path:
    """The folder with rules, documents, locale, icons, fonts and the sample.

    Raises FileNotFoundError when the program is not whole.
    """
    package = Path(__file__).parent
    candidates = [package / "_resources", package.parent / "resources"]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        candidates.insert(0, Path(bundle) / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    looked = ", ".join(str(candidate) for candidate in candidates)
    raise FileNotFoundError(f"The program's own files are missing; looked in {looked}.")
