"""The one data folder, and where the files that come with the program are."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from nca_wizard.errors import NoSuchFile
from nca_wizard.sentences import Sentence

APP_NAME = "NCA Wizard"
MOVED_TO = "moved-to.json"
"""In the usual folder: where everything was moved to. See `history.moving`, which writes it."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Everything the program keeps. Nothing is created by naming it.

    `usual` is where it is unless it was moved; None for one that was named for this start alone.
    """

    root: Path
    usual: Path | None = None

    @classmethod
    def of_this_user(cls) -> "DataFolder":
        from platformdirs import user_data_path

        # Without appauthor=False Windows would get the name twice, one folder in the other.
        usual = user_data_path(APP_NAME, appauthor=False)
        return cls(_moved_to(usual / MOVED_TO) or usual, usual)

    def absence(self) -> Sentence | None:
        """Why nothing may be made where this folder was moved to, as on a drive that is not
        connected; None where all is well."""
        if self.usual is None or self.root == self.usual:
            return None
        # With backups alone it is there too: one of them can be put back.
        if _is_there(self.history) or _is_there(self.backups):
            return None
        if self.root == self.usual / MOVED_TO:
            return Sentence(
                "%(file)s says where your data folder is, but it cannot be read.", file=self.root
            )
        return Sentence(
            "Your data folder %(folder)s is not there. Connect the drive and try again.",
            folder=self.root,
        )

    def check_it_is_there(self) -> None:
        """Raises NoSuchFile where something would be made in a folder that is not there."""
        absence = self.absence()
        if absence is not None:
            raise NoSuchFile(absence)

    @property
    def history(self) -> Path:
        return self.root / "history.sqlite"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def log(self) -> Path:
        # A report must not make the folder of a drive that is not connected.
        root = self.usual if self.usual is not None and self.absence() else self.root
        return root / "log"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def rules(self) -> Path:
        """The imported rules updates, and every rulebook that was used before."""
        return self.root / "rules"


def _moved_to(file: Path) -> Path | None:
    """The folder that `file` names; `file` itself, which is no folder, where it names none."""
    try:
        folder = Path(json.loads(file.read_text(encoding="utf-8"))["folder"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return file
    return folder if folder.is_absolute() else file


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # As of a server that does not answer.
        return False


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
