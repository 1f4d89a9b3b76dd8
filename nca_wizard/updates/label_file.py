"""rules/label.json: what the first page says of the book in use, to be shown before it is read.

    label = kept_label(folder, resources)       None where the book has to be read first
    keep_label(folder, resources, active)

It holds only as long as nothing has changed that the choice of the book hangs on, the program
included, whose digest it bears. One that does not fit, or is damaged, is as good as none.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nca_wizard import __version__
from nca_wizard.files import write_whole
from nca_wizard.rules.label import BookLabel, ReviewDue
from nca_wizard.texts import Texts
from nca_wizard.updates.container import ENDING, KEY_FILE, LONGEST, Translations

_FILE = "label.json"


@dataclass(frozen=True, slots=True)
class ActiveLabel:
    """The label of the book in use, and the translations of its texts that an update brought."""

    book: BookLabel
    translations: Translations

    def texts(self, texts: Texts) -> Texts:
        """`texts` with what the book brought along for their language."""
        return texts.also(self.translations.get(texts.language, {}))


def kept_label(folder: Path, resources: Path) -> ActiveLabel | None:
    """The label that was kept in `folder`, if it is still that of the book in use."""
    try:
        kept = json.loads((folder / _FILE).read_bytes())
        if kept["digest"] != _digest(folder, resources):
            return None
        return ActiveLabel(
            BookLabel(
                version=_text(kept["version"]),
                checked_on=date.fromisoformat(kept["checked_on"]),
                last_day=date.fromisoformat(kept["last_day"]),
                pages={
                    _text(page): (_number(step), _text(caption))
                    for page, step, caption in kept["pages"]
                },
                reviews_due=frozenset(
                    ReviewDue(
                        _text(source),
                        date.fromisoformat(first),
                        None if last is None else date.fromisoformat(last),
                    )
                    for source, first, last in kept["reviews_due"]
                ),
            ),
            {
                language: {_text(said): _text(there) for said, there in texts.items()}
                for language, texts in kept["translations"].items()
            },
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def keep_label(folder: Path, resources: Path, label: ActiveLabel) -> None:
    """Keep the label of the book that was just chosen and read. Raises CannotWrite."""
    book = label.book
    written = {
        "digest": _digest(folder, resources),
        "version": book.version,
        "checked_on": book.checked_on.isoformat(),
        "last_day": book.last_day.isoformat(),
        "pages": [[page, step, caption] for page, (step, caption) in book.pages.items()],
        "reviews_due": [
            [due.source, due.first.isoformat(), due.last and due.last.isoformat()]
            for due in book.reviews_due
        ],
        "translations": label.translations,
    }
    text = json.dumps(written, ensure_ascii=False, indent=1)
    write_whole(folder / _FILE, text.encode(), make_folder=True)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _digest(folder: Path, resources: Path) -> str:
    """Of everything that says which book is in use, and what its label is. Raises OSError."""
    digest = hashlib.sha256(__version__.encode())
    for path in _said_by(folder, resources):
        with path.open("rb") as stream:
            content = stream.read(LONGEST + 1)
        digest.update(f"\n{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _said_by(folder: Path, resources: Path) -> Iterator[Path]:
    yield from sorted(resources.glob("rules/*.toml"))
    yield from sorted(resources.glob("sources/*.toml"))
    yield from resources.glob(KEY_FILE)
    yield from sorted(folder.glob(f"*{ENDING}"))
