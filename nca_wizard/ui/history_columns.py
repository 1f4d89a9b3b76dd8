"""Which columns the history shows, in which order, and how they share the width there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nca_wizard.history.search import SortKey
from nca_wizard.ui.history_lines import COLUMNS

_SHARES: dict[SortKey, int] = {
    "customer": 23, "date": 11, "channel": 16, "products": 17, "actions": 16, "state": 11,
    "rules": 6,
}  # fmt: skip
# Where there is no room for all, the first of these goes first; the customer stays.
_GO_FIRST: tuple[SortKey, ...] = ("rules", "channel", "products", "date", "state", "actions")


@dataclass(frozen=True, slots=True)
class Columns:
    """`shares` are of the width; what is hidden was hidden by the person."""

    order: tuple[SortKey, ...] = COLUMNS
    hidden: frozenset[SortKey] = frozenset()
    shares: Mapping[SortKey, int] = field(default_factory=lambda: dict(_SHARES))

    @classmethod
    def read(cls, text: str) -> "Columns":
        """What `written` wrote; as usual where it makes no sense."""
        order: list[SortKey] = []
        hidden: set[SortKey] = set()
        shares = dict(_SHARES)
        for part in text.split():
            name, _, share = part.removeprefix("-").partition(":")
            key = next((column for column in COLUMNS if column == name), None)
            if key is None or key in order:
                continue
            order.append(key)
            if part.startswith("-") and key != "customer":
                hidden.add(key)
            if share.isdecimal() and 0 < int(share) < 10_000:
                shares[key] = int(share)
        missing = [column for column in COLUMNS if column not in order]
        return cls((*order, *missing), frozenset(hidden), shares)

    def written(self) -> str:
        """As the settings keep it."""
        return " ".join(
            f"{'-' if key in self.hidden else ''}{key}:{self.shares[key]}" for key in self.order
        )

    def toggled(self, key: SortKey) -> "Columns":
        """The same with this column shown, or hidden; the customer always shows."""
        return replace(self, hidden=(self.hidden ^ {key}) - {"customer"})

    def fit(self, width: int, least: Mapping[SortKey, int]) -> dict[SortKey, int]:
        """Column -> its width, for those there is room for; together they fill `width`."""
        shown = [key for key in self.order if key not in self.hidden]
        for key in _GO_FIRST:
            if key in shown and sum(least[one] for one in shown) > width:
                shown.remove(key)
        widths: dict[SortKey, int] = {}
        open_ones, room = list(shown), width
        while open_ones:
            total = sum(self.shares[key] for key in open_ones)
            tight = [key for key in open_ones if room * self.shares[key] < least[key] * total]
            for key in tight or open_ones:
                widths[key] = least[key] if tight else room * self.shares[key] // total
            open_ones = [key for key in open_ones if key not in widths]
            room = width - sum(widths.values())
        return {key: widths[key] for key in shown}

    def pulled(
        self,
        key: SortKey,
        to: int,
        widths: Mapping[SortKey, int],
        least: Mapping[SortKey, int],
    ) -> "Columns":
        """The same after the right edge of a column was pulled; the next ones give or take."""
        shown = [one for one in self.order if one in widths]
        after = shown[shown.index(key) + 1 :]
        new = dict(widths)
        spare = sum(widths[one] - least[one] for one in after)
        new[key] = max(least[key], min(to, widths[key] + spare)) if after else widths[key]
        grown = new[key] - widths[key]
        for one in after:
            given = min(grown, widths[one] - least[one])
            new[one] -= given
            grown -= given
        return replace(self, shares={**self.shares, **{one: max(new[one], 1) for one in shown}})
