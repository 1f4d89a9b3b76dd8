"""The sources as the internal copy numbers them."""

from collections.abc import Iterable

from nca_wizard.rules.model.reasons import Cited

_NO_BREAK = "\N{NO-BREAK SPACE}"


class Sources:
    """Numbers the sources in the order they are first named."""

    def __init__(self) -> None:
        self._number_of: dict[str, int] = {}
        self.cited: list[Cited] = []

    def number(self, cited: Cited) -> int:
        if cited.source not in self._number_of:
            self.cited.append(cited)
            self._number_of[cited.source] = len(self.cited)
        return self._number_of[cited.source]

    def mark(self, many: Iterable[Cited]) -> str:
        """Their numbers as they stand behind a statement: "[1, 4]"; "" without any."""
        numbers = sorted({self.number(one) for one in many})
        # A mark never parts at the end of a line.
        return f"[{f',{_NO_BREAK}'.join(map(str, numbers))}]" if numbers else ""

    def add_all(self, many: Iterable[Cited]) -> None:
        for one in many:
            self.number(one)
