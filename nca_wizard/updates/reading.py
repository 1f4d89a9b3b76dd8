"""A signed file -> an Update whose book is loaded and proved, or UpdateRefused.

The signature is verified before anything else is looked at. Every refusal leaves the rules that
are in use as they are, and says what is wrong and what to do.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nca_wizard.errors import NoSuchFile, reason
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.rule_files import ContentError
from nca_wizard.sentences import Sentence, as_written
from nca_wizard.texts import N_
from nca_wizard.updates import container
from nca_wizard.updates.container import KEY_FILE, LONGEST, Content, Translations, UpdateRefused


@dataclass(frozen=True, slots=True)
class Update:
    """A rules update that can be used. `data` are the verified bytes themselves."""

    rulebook: Rulebook
    translations: Translations
    data: bytes = field(repr=False)

    @property
    def serial(self) -> int:
        return self.rulebook.serial

    @property
    def version(self) -> str:
        return self.rulebook.version


def public_key_in(resources: Path) -> bytes | None:
    """The key that updates are verified with; None if there is none that could be one."""
    try:
        key = bytes.fromhex((resources / KEY_FILE).read_text("ascii").strip())
    except (OSError, ValueError):
        return None
    return key if len(key) == 32 else None


def read_update(path: Path, public_key: bytes, newest_serial: int, *, today: date) -> Update:
    """Read the update at `path`, which must be newer than the book with `newest_serial`.

    Raises NoSuchFile, or UpdateRefused with one sentence or two: what is wrong, what to do.
    """
    update = update_in(_bytes_of(path), public_key)
    if update.serial <= newest_serial:
        same = update.serial == newest_serial
        raise UpdateRefused(
            Sentence(
                N_("The rules update %(version)s is the one already in use.")
                if same
                else N_(
                    "The rules update %(version)s is older than the rules in use. "
                    "Ask for the newest."
                ),
                version=update.version,
            )
        )
    if update.rulebook.last_day < today:
        raise UpdateRefused(
            Sentence(
                "The rules update %(version)s stands until %(day)s, which is over. "
                "Ask for the newest.",
                version=update.version,
                day=update.rulebook.last_day,
            )
        )
    return update


def update_in(data: bytes, public_key: bytes) -> Update:
    """The update that `data` are, verified, loaded and proved. Raises UpdateRefused."""
    content = container.unpacked(container.verified(data, public_key))
    return Update(book_of(content), content.translations, data)


def book_of(content: Content) -> Rulebook:
    """The book that an update brings, loaded and proved. Raises UpdateRefused."""
    for name in content.files:
        if name not in rulebooks.FILES:
            raise _unusable(
                Sentence("it holds a file that no rulebook has: %(name)s", name=repr(name[:60]))
            )
    try:
        return rulebooks.from_contents(content.files)
    except ContentError as fault:
        raise _unusable(as_written(str(fault).removesuffix("."))) from fault


def _unusable(what: Sentence) -> UpdateRefused:
    return UpdateRefused(
        Sentence(
            "The rules update is signed, but this version of NCA Wizard cannot use it "
            "(%(what)s). Install the newest version of the program, or ask for another update.",
            what=what,
        )
    )


def _bytes_of(path: Path) -> bytes:
    try:
        # Asked first: Windows says of a folder only that access is denied.
        if path.is_dir():
            raise UpdateRefused(Sentence("%(path)s is a folder. Choose a file.", path=path))
        with path.open("rb") as stream:
            # One byte more than is taken, so that an endless file ends here too.
            return stream.read(LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as fault:
        raise NoSuchFile(
            Sentence("There is no file %(path)s. Check its name and folder.", path=path)
        ) from fault
    except OSError as fault:
        raise UpdateRefused(
            Sentence("%(path)s cannot be read: %(why)s.", path=path, why=reason(fault))
        ) from fault
