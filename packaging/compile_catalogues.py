"""Compiles every translation under resources/locale; there may be none."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"


def compile_catalogue(source: Path) -> None:
    language = source.parent.parent.name
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=language, abort_invalid=True)
    with source.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalogue)


def main() -> int:
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/nca_wizard.po")):
        compile_catalogue(source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
