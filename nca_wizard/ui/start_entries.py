"""The lines of the first page: drafts to continue and results to open, in words."""

from collections.abc import Sequence
from datetime import datetime

from nca_wizard.history.store import Draft, EvaluationRow
from nca_wizard.rules.label import BookLabel
from nca_wizard.texts import Texts
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.start_page import Entry
from nca_wizard.ui.steps import STEPS


class Entries:
    """Puts drafts and evaluations into words."""

    def __init__(self, texts: Texts, book: BookLabel, clock: Clock) -> None:
        self._texts = texts
        self._book = book
        self._clock = clock

    def of_drafts(self, drafts: Sequence[Draft]) -> list[Entry]:
        return [
            Entry(
                draft.id,
                draft.customer.get("name", "").strip() or self._texts("No name yet"),
                self._where(draft.page),
                self._texts("saved %(when)s") % {"when": self._when(draft.saved_at)},
            )
            for draft in drafts
            if draft.id is not None and draft.saved_at is not None
        ]

    def of_evaluations(self, rows: Sequence[EvaluationRow]) -> list[Entry]:
        return [
            Entry(row.id, row.customer_name, self._result(row), self._when(row.evaluated_at))
            for row in rows
        ]

    def _where(self, page_id: str) -> str:
        if page_id not in self._book.pages:
            # The check page is none of the book's.
            return self._texts("Check your answers")
        step, caption = self._book.pages[page_id]
        return self._texts("Step %(step)d of %(steps)d, %(name)s") % {
            "step": step,
            "steps": STEPS,
            "name": self._texts(caption),
        }

    def _result(self, row: EvaluationRow) -> str:
        t = self._texts
        parts = [t.plural("%(count)d action", "%(count)d actions", row.actions)]
        if not row.actions:
            parts = [t("Nothing to do") if "automatic" in row.verdicts else t("No action")]
        if row.open_questions:
            parts.append(
                t.plural("%(count)d to find out", "%(count)d to find out", row.open_questions)
            )
        if row.rulebook_version != self._book.version:
            parts.append(t("rules %(version)s") % {"version": row.rulebook_version})
        return ", ".join(parts)

    def _when(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        now = self._clock()
        local = moment.astimezone(now.tzinfo)
        if local.date() == now.date():
            return self._texts("today %(time)s") % {"time": local.strftime("%H:%M")}
        return self._texts.date(local.date())
