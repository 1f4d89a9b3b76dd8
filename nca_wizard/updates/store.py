"""Which rulebook is in use, and every one that ever was on this computer.

    rules/00000012.ncarules             an imported update, as it was signed
    rules/shipped-00000001-4f0c.ncabook a book that came with the program, put by to compare
    rules/used.json                     which book was used from which day on, oldest first
    rules/label.json                    what the first page says of the book in use: `label_file`

The book in use is the one with the highest serial among the book that came with the program and
the updates, each of which is verified again whenever it is loaded. No file says which it is, so
none can say it wrongly: an update is in use as soon as its file is there under its name.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from nca_wizard.errors import CannotWrite, KnownFault, RulebookFault
from nca_wizard.files import write_whole
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.label import label_of
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts
from nca_wizard.updates import container
from nca_wizard.updates.container import ENDING, LONGEST, Translations, UpdateRefused
from nca_wizard.updates.label_file import ActiveLabel, keep_label, kept_label
from nca_wizard.updates.reading import (
    Update,
    book_of,
    public_key_in,
    read_update,
    update_in,
)

_USED = "used.json"

_NO_KEY = Sentence(
    "This copy of NCA Wizard was built without the key that rules updates are verified with, "
    "so it imports none."
)


@dataclass(frozen=True, slots=True)
class ActiveBook:
    """The rulebook in use. `translations` are those of its texts that the update brought."""

    rulebook: Rulebook
    imported: bool
    translations: Translations

    @property
    def label(self) -> ActiveLabel:
        return ActiveLabel(label_of(self.rulebook), self.translations)

    def texts(self, texts: Texts) -> Texts:
        """`texts` with what the book brought along for their language."""
        return texts.also(self.translations.get(texts.language, {}))


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A book that was used on this computer. `first_used` is None until it is remembered."""

    version: str
    serial: int
    hash: str
    imported: bool
    first_used: date | None
    in_use: bool


class _Use(BaseModel):
    """One line of used.json."""

    version: str
    serial: int
    hash: str
    imported: bool
    since: date

    @property
    def file(self) -> str:
        return _update_name(self.serial) if self.imported else _book_name(self.serial, self.hash)


_USES = TypeAdapter(tuple[_Use, ...])


class BookStore:
    """The rulebook in use and the ones before it. Reading changes nothing on the disk.

    `notice` is what the person must be told about the choice of the book, or None.
    `closed` is why no update can be imported, or None when it can.
    """

    def __init__(self, folder: Path, resources: Path) -> None:
        """Choose the book in use. `folder` need not exist.

        Raises RulebookFault when the book that came with the program is needed and faulty.
        """
        self._folder = folder
        self._resources = resources
        self._key = public_key_in(resources)
        self.notice: Sentence | None = None
        self.closed = None if self._key else _NO_KEY
        self._uses = _uses_in(folder / _USED)
        self._active = self._chosen()

    @property
    def active(self) -> ActiveBook:
        return self._active

    def read(self, path: Path, today: date) -> Update:
        """The update at `path`, if it can be used in the place of the book in use.

        Raises UpdateRefused (also when import is closed) or NoSuchFile.
        """
        if self._key is None:
            raise UpdateRefused(_NO_KEY)
        return read_update(path, self._key, self._active.rulebook.serial, today=today)

    def activate(self, update: Update, today: date) -> None:
        """Use the book of `update` from now on; it is whole on the disk, or all is as before.

        Raises CannotWrite.
        """
        self._note_use(today)
        path = self._folder / _update_name(update.serial)
        write_whole(path, update.data, make_folder=True)
        self._active = _imported(update)
        self.notice = None
        self.remember(today)

    def remember(self, today: date) -> None:
        """Put the book in use by, note since when it is used, and keep its label.

        A full disk is no fault here.
        """
        self._note_use(today)
        label = self._active.label
        if kept_label(self._folder, self._resources) != label:
            # Without it the next first page waits for the book, which is all.
            with suppress(CannotWrite, OSError):
                keep_label(self._folder, self._resources, label)

    def previous(self) -> Rulebook | None:
        """The book that was used before the present one, if it is still whole."""
        present = self._active.rulebook.hash
        before = next((use for use in reversed(self._uses) if use.hash != present), None)
        kept = self.kept_book(before.hash) if before else None
        return kept.rulebook if kept else None

    def kept_book(self, digest: str) -> ActiveBook | None:
        """The book with this hash as it was when it was used; None if it is no longer whole."""
        if digest == self._active.rulebook.hash:
            return self._active
        use = next((use for use in self._uses if use.hash == digest), None)
        if use is None:
            return None
        try:
            data = _bytes_at(self._folder / use.file)
            if use.imported:
                # Not without the key: what cannot be verified is not shown either.
                book = _imported(self._verified(data))
            else:
                book = ActiveBook(
                    book_of(container.book_content(data)), imported=False, translations={}
                )
        except (OSError, UpdateRefused):
            return None
        return book if book.rulebook.hash == digest else None

    def kept(self) -> tuple[KeptBook, ...]:
        """Every book that was ever used on this computer, oldest first, the present one too."""
        book = self._active.rulebook
        kept: dict[str, KeptBook] = {}
        for use in self._uses:
            in_use = use.hash == book.hash
            one = KeptBook(use.version, use.serial, use.hash, use.imported, use.since, in_use)
            kept.setdefault(use.hash, one)
        here = self._active.imported
        kept.setdefault(
            book.hash, KeptBook(book.version, book.serial, book.hash, here, None, in_use=True)
        )
        return tuple(kept.values())

    # --- Which book --------------------------------------------------------------------------

    def _chosen(self) -> ActiveBook:
        updates = _updates_in(self._folder)
        shipped_serial = rulebooks.serial_below(self._resources) if updates else 0
        unusable: tuple[int, Sentence] | None = None
        for serial, path in updates:
            if serial <= shipped_serial:
                # An update that this program's own book has overtaken; so are those after it.
                break
            try:
                update = self._verified(_bytes_at(path))
                if update.serial != serial:
                    raise UpdateRefused(Sentence("It bears the name of another update."))
            except (OSError, KnownFault) as fault:
                unusable = unusable or (serial, _why(fault))
                continue
            self._tell(unusable, update.rulebook)
            return _imported(update)
        shipped = rulebooks.load(self._resources)
        last = self._uses[-1] if self._uses and self._uses[-1].imported else None
        if unusable is None and last and last.serial > shipped.serial:
            unusable = (
                last.serial,
                Sentence("Their file is no longer in the data folder. Import it again."),
            )
        self._tell(unusable, shipped)
        if unusable is None and last and last.hash != shipped.hash:
            self.notice = Sentence(
                "The rules that came with this version of NCA Wizard (%(new)s) are newer than "
                "the imported ones (%(old)s) and are used from now on.",
                new=shipped.version,
                old=last.version,
            )
        return ActiveBook(shipped, imported=False, translations={})

    def _verified(self, data: bytes) -> Update:
        if self._key is None:
            raise UpdateRefused(_NO_KEY)
        return update_in(data, self._key)

    def _tell(self, unusable: tuple[int, Sentence] | None, used: Rulebook) -> None:
        if unusable is None:
            return
        serial, why = unusable
        named = (use.version for use in self._uses if use.imported and use.serial == serial)
        self.notice = Sentence(
            "The imported rules %(version)s cannot be used, and the rules %(used)s are used "
            "in their place. %(why)s",
            version=next(named, str(serial)),
            used=used.version,
            why=why,
        )

    def _note_use(self, today: date) -> None:
        book = self._active.rulebook
        if self._uses and self._uses[-1].hash == book.hash:
            return
        use = _Use(
            version=book.version,
            serial=book.serial,
            hash=book.hash,
            imported=self._active.imported,
            since=today,
        )
        uses = (*self._uses, use)
        # What cannot be noted is only missed when rules are compared.
        with suppress(CannotWrite):
            if not use.imported:
                self._put_by(self._folder / use.file)
            write_whole(self._folder / _USED, _USES.dump_json(uses, indent=2), make_folder=True)
            self._uses = uses

    def _put_by(self, path: Path) -> None:
        if not path.exists():
            with suppress(RulebookFault):
                files = rulebooks.contents_below(self._resources)
                write_whole(path, container.book(files), make_folder=True)


def _imported(update: Update) -> ActiveBook:
    return ActiveBook(update.rulebook, imported=True, translations=update.translations)


def _update_name(serial: int) -> str:
    return f"{serial:08}{ENDING}"


def _book_name(serial: int, digest: str) -> str:
    return f"shipped-{serial:08}-{digest[:12]}.ncabook"


def _updates_in(folder: Path) -> list[tuple[int, Path]]:
    """Each imported update with its serial, the newest first."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return []
    named = (
        (int(path.stem), path)
        for path in paths
        if path.suffix == ENDING and path.stem.isascii() and path.stem.isdecimal()
    )
    return sorted(named, reverse=True)


def _bytes_at(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LONGEST + 1)


def _why(fault: Exception) -> Sentence:
    if isinstance(fault, UpdateRefused):
        return fault.sentence
    return Sentence("The file cannot be read.")


def _uses_in(path: Path) -> tuple[_Use, ...]:
    """What is noted; a damaged note is begun anew."""
    try:
        return _USES.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return ()
