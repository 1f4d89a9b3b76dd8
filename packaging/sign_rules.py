"""Make a rules update (`.ncarules`) of the rules in this checkout, as RELEASING-RULES.md tells.

    python packaging/sign_rules.py make-key PRIVATE_KEY
    python packaging/sign_rules.py sign PRIVATE_KEY UPDATE.ncarules
    python packaging/sign_rules.py verify UPDATE.ncarules

The private key never lies in the repository. The public one is `resources/rules_public_key`, which
goes into every build.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from nacl.signing import SigningKey

from nca_wizard.errors import KnownFault
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.updates.container import ENDING, KEY_FILE, Content, Translations, signed
from nca_wizard.updates.reading import Update, public_key_in, read_update, update_in

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"

CHECKS = {
    "translations": ["packaging/extract_texts.py", "--check"],
    "examples": [
        *("-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("tests/content/test_examples.py", "tests/content/test_outcome_list.py"),
    ],
}
"""What must pass beside the proof, which every loading is."""


def make_key(private: Path, public: Path, repository: Path) -> None:
    """Write a new key pair. Exits when a file is there already or the private one would leak."""
    if private.resolve().is_relative_to(repository.resolve()):
        sys.exit(f"{private} is in the repository. Keep the private key elsewhere.")
    if public.exists():
        sys.exit(
            f"{public} is there already: programs that have it take no updates signed with another "
            "key. To change keys all the same, remove it first."
        )
    key = SigningKey.generate()
    try:
        # Made for its owner alone, and never over another key.
        handle = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        sys.exit(f"{private} cannot be written: {fault.strerror}.")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(bytes(key).hex() + "\n")
    public.write_text(bytes(key.verify_key).hex() + "\n", encoding="ascii")
    print(f"The private key is {private}: keep it, and keep it to yourself.")
    print(f"The public key is {public}: commit it.")


def private_key(path: Path) -> SigningKey:
    """The key that was made. Exits when there is none."""
    try:
        return SigningKey(bytes.fromhex(path.read_text("ascii").strip()))
    except (OSError, ValueError, TypeError) as fault:
        sys.exit(f"{path} is no private key: {fault}")


def update_of(resources: Path, key: SigningKey) -> bytes:
    """The update with the rules below `resources`, read again before it is handed out.

    Exits when the build has another key; raises KnownFault when the rules are faulty.
    """
    public_key = bytes(key.verify_key)
    if public_key_in(resources) != public_key:
        sys.exit(f"{resources / KEY_FILE} is not the public key to this private key.")
    files = rulebooks.contents_below(resources)
    content = Content(files, translations_of(rulebooks.from_contents(files), resources / "locale"))
    data = signed(content, public_key, lambda message: key.sign(message).signature)
    update_in(data, public_key)
    return data


def translations_of(book: Rulebook, catalogues: Path) -> Translations:
    """What the texts of the book are in each language."""
    texts = set(_texts_in(book.model_dump()))
    found = {}
    for path in sorted(catalogues.glob("*/LC_MESSAGES/nca_wizard.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        found[path.parent.parent.name] = {
            str(message.id): str(message.string)
            for message in catalogue
            if message.id in texts and message.string
        }
    return found


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts_in(part)


def described(update: Update) -> str:
    """What an update is, for whoever gives it out."""
    book = update.rulebook
    languages = ", ".join(f"{one} ({len(of)})" for one, of in update.translations.items())
    return (
        f"version   {book.version}\n"
        f"serial    {book.serial}\n"
        f"days      {book.first_day} to {book.last_day}\n"
        f"checked   {book.checked_on}\n"
        f"hash      {book.hash}\n"
        f"texts in  {languages or 'English alone'}\n"
        f"bytes     {len(update.data)}"
    )


def sign(private: Path, out: Path) -> None:
    """Check the rules of the checkout and write them as an update."""
    if out.suffix != ENDING:
        sys.exit(f"{out} does not end in {ENDING}.")
    if out.exists():
        sys.exit(f"{out} is there already. An update that was given out is never replaced.")
    key = private_key(private)
    for what, command in CHECKS.items():
        if subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode:
            sys.exit(f"The {what} fail: nothing is signed.")
    data = update_of(RESOURCES, key)
    out.write_bytes(data)
    print(described(update_in(data, bytes(key.verify_key))))


def verify(path: Path) -> None:
    """Read the update as the program does that this checkout builds."""
    public_key = public_key_in(RESOURCES)
    if public_key is None:
        sys.exit(f"There is no {RESOURCES / KEY_FILE}; make-key makes it.")
    today = datetime.now(UTC).date()
    print(described(read_update(path, public_key, 0, today=today)))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("make-key", "sign"):
        commands.add_parser(name).add_argument("private_key", type=Path)
    commands.choices["sign"].add_argument("update", type=Path)
    commands.add_parser("verify").add_argument("update", type=Path)
    options = parser.parse_args()
    try:
        if options.command == "make-key":
            make_key(options.private_key, RESOURCES / KEY_FILE, ROOT)
        elif options.command == "sign":
            sign(options.private_key, options.update)
        else:
            verify(options.update)
    except KnownFault as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
