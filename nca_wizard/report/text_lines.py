"""Plain text, line by line, for a terminal or a message."""

import textwrap
from collections.abc import Iterable

WIDTH = 78


class Lines:
    """Text that grows paragraph by paragraph, wrapped."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def blank(self) -> None:
        """An empty line, but never two."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def heading(self, words: str) -> None:
        """Underlined, with an empty line before it."""
        self.blank()
        wrapped = textwrap.wrap(words, WIDTH)
        self._lines += [*wrapped, "-" * max(map(len, wrapped))]

    def paragraph(self, words: str, *, first: str = "", rest: str = "") -> None:
        """Wrap `words`; `first` stands before the first line, `rest` before the others."""
        self._lines += textwrap.wrap(
            words,
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            # An address or a path in a portal is of no use in two pieces.
            break_long_words=False,
            break_on_hyphens=False,
        )

    def item(self, words: str, *, mark: str = "-", indent: str = "") -> None:
        """One of several, with a mark in front."""
        self.paragraph(words, first=f"{indent}{mark} ", rest=indent + " " * (len(mark) + 1))

    def as_is(self, lines: Iterable[str]) -> None:
        """Lines that are laid out already."""
        self._lines += [line.rstrip() for line in lines]

    def text(self) -> str:
        """All of it, with a line end after each line."""
        return "\n".join(self._lines) + "\n"
