"""The lines of the history in words: what stands in each column, and what the preview says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from nca_wizard.history.search import Row, SortKey
from nca_wizard.history.store import Draft, EvaluationRow
from nca_wizard.history.values import RowState
from nca_wizard.report import wording
from nca_wizard.rules.model.answers import MIXED, UNKNOWN, Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.steps import CHECK

COLUMNS: tuple[SortKey, ...] = (
    "customer", "date", "channel", "products", "actions", "state", "rules",
)  # fmt: skip
_NOTHING = "–"

Cells = Mapping[SortKey, str]


def headline(t: Texts, row: EvaluationRow) -> str:
    """What came out, in few words: the associations to get, or the verdicts."""
    return _headline(t, row.actions_said, tuple(row.verdicts), row.open_questions)


def _headline(t: Texts, actions: Sequence[str], verdicts: Sequence[str], open_ones: int) -> str:
    parts = [", ".join(t(name) for name in actions)] if actions else []
    if not parts:
        parts = [
            wording.verdict_word(t, verdict) for verdict in cast("Iterable[Verdict]", verdicts)
        ]
    if open_ones:
        parts.append(t.plural("%(count)d to find out", "%(count)d to find out", open_ones))
    return ", ".join(parts)


def headings(t: Texts) -> dict[SortKey, str]:
    """What each column is called."""
    return {
        "customer": t("Customer"),
        "date": t("Date"),
        "channel": t("Channel"),
        "products": t("Products"),
        "actions": t("Actions"),
        "state": t("State"),
        "rules": t("Rules"),
    }


def states(t: Texts) -> dict[RowState, str]:
    """What an evaluation comes to, to filter by."""
    return {
        "draft": t("Draft"),
        "to_do": t("To do"),
        "in_progress": t("In progress"),
        "done": t("Done"),
        "nothing_to_do": t("Nothing to do"),
    }


def channel_names(t: Texts, rulebook: Rulebook) -> dict[str, str]:
    """What a table calls each channel, by its id."""
    names = {
        choice.id: t(choice.short or choice.said.for_us)
        for choice in rulebook.question("channel").choices
        if choice.id != MIXED
    }
    return {**names, UNKNOWN: t("not known yet")}


class Lines:
    """Puts lines into words. `rulebook` is today's."""

    def __init__(self, texts: Texts, rulebook: Rulebook) -> None:
        self._t = texts
        self._book = rulebook
        self.channels = channel_names(texts, rulebook)

    def cells(self, row: Row) -> Cells:
        """The text of each column."""
        return self._of_draft(row) if isinstance(row, Draft) else self._of_evaluation(row)

    def headline(self, actions: Sequence[str], verdicts: Sequence[str], open_ones: int) -> str:
        """What stands under "Actions", to be sorted by."""
        return _headline(self._t, actions, verdicts, open_ones)

    def name(self, row: Row) -> str:
        """Whose line it is."""
        if isinstance(row, EvaluationRow):
            return row.customer_name
        return row.customer.get("name", "").strip() or self._t("No name yet")

    def title(self, row: Row) -> str:
        """The line in a few words: "Contoso AB, 22 Nov 2026"."""
        return self._t("%(customer)s, %(day)s") % {
            "customer": self.name(row),
            "day": self.cells(row)["date"],
        }

    def summary(self, row: Row) -> str:
        """What the preview says under the title."""
        t, cells = self._t, self.cells(row)
        if isinstance(row, Draft):
            said = [t("Not evaluated yet: %(where)s") % {"where": cells["state"]}]
        else:
            said = [cells["actions"], cells["state"] if row.actions else ""]
            said[0] = said[0][:1].upper() + said[0][1:]
        said += [cells["channel"], cells["products"]]
        if isinstance(row, EvaluationRow):
            said.append(t("rules %(version)s") % {"version": row.rulebook_version})
        return " · ".join(part for part in said if part not in ("", _NOTHING))

    def _of_evaluation(self, row: EvaluationRow) -> Cells:
        t = self._t
        names = [self.channels.get(one, "") for one in row.channels]
        is_older = row.rulebook_version != self._book.version
        return {
            "customer": row.customer_name,
            "date": t.date(row.evaluated_at.astimezone().date()),
            # A channel that today's rules no longer know is named as it was then.
            "channel": ", ".join(names) if all(names) and names else t(row.channel_said),
            "products": ", ".join(t(part) for part in row.products_said.split(", ")),
            "actions": headline(t, row),
            "state": self._state(row),
            "rules": t("older") if is_older else t("now"),
        }

    def _state(self, row: EvaluationRow) -> str:
        t = self._t
        match row.state:
            case "nothing_to_do" | "draft":
                return _NOTHING
            case "done":
                return t("done")
            case _:
                return t("%(done)d of %(all)d done") % {
                    "done": row.actions_settled,
                    "all": row.actions,
                }

    def _of_draft(self, draft: Draft) -> Cells:
        t = self._t
        channel = draft.answers.get("channel")
        products = draft.answers.get("products")
        known = {product.id: product.name for product in self._book.products}
        chosen = products if isinstance(products, tuple) else ()
        return {
            "customer": self.name(draft),
            "date": t.date(draft.saved_at.astimezone().date()) if draft.saved_at else "",
            "channel": self.channels.get(str(channel), t("Several channels"))
            if channel
            else _NOTHING,
            "products": ", ".join(t(known[one]) for one in chosen if one in known) or _NOTHING,
            "actions": _NOTHING,
            "state": self._step(draft.page),
            "rules": _NOTHING,
        }

    def _step(self, page_id: str) -> str:
        page = next((page for page in self._book.pages if page.id == page_id), None)
        if page_id == CHECK or page is None:
            return self._t("draft, to check")
        return self._t("draft, step %(step)d") % {"step": page.step}
