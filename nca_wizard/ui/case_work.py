"""What is done about one evaluation and its case, written at once, each act undone by Ctrl+Z.

work = CaseWork(texts, history, evaluation_id, clock, undoing)
work.set_state("cpor-revrec", "done")       also makes what is to be followed up afterwards
work.tick("cpor-revrec", "tenant-id", on=True)

`changed` and `failed` are those of `FollowUpWork`.
"""

from datetime import date

from nca_wizard.errors import CannotWrite
from nca_wizard.history.follow_ups import DueFollowUp
from nca_wizard.history.store import History
from nca_wizard.history.values import ActionProgress, ActionState
from nca_wizard.rules.model.answers import FollowUpAfter
from nca_wizard.rules.model.results import Action, PlannedFollowUp
from nca_wizard.texts import N_, Texts
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.follow_up_work import FollowUpWork
from nca_wizard.ui.undoing import Undoing, shortened

STATE_WORDS: dict[ActionState, str] = {
    "to_do": N_("To do"),
    "in_progress": N_("In progress"),
    "done": N_("Done"),
    "not_doing": N_("Not doing"),
}


class CaseWork(FollowUpWork):
    """The states, ticks, due dates and the note of one evaluation in the history."""

    def __init__(
        self,
        texts: Texts,
        history: History,
        evaluation_id: int,
        clock: Clock,
        undoing: Undoing,
    ) -> None:
        super().__init__(texts, history, clock, undoing)
        self._evaluation = evaluation_id
        stored = history.evaluation(evaluation_id)
        self._recommendation = stored.recommendation
        name = shortened(stored.customer.name)
        self._noted = texts("Noted for “%(name)s”.") % {"name": name}
        self.case_id = stored.case_id

    # --- Actions ----------------------------------------------------------------------------

    def progress(self, action: str) -> ActionProgress | None:
        """Where an action of the plan stands; None where it has no state, as what is in place."""
        of_all = self._history.actions.of(self._evaluation)
        return next((one for one in of_all if one.action == action), None)

    def set_state(self, action: str, state: ActionState) -> None:
        """Say where an action stands, since today."""
        before = self.progress(action)
        if before is None or before.state == state:
            return
        day = None if state == "to_do" else self.today
        self._do(
            lambda: self._put(action, state, day),
            lambda: self._put(action, before.state, before.day),
        )

    def _put(self, action: str, state: ActionState, day: date | None) -> None:
        was, _ = self._history.actions.set_state(self._evaluation, action, state, day)
        if state == "done" and day is not None:
            self._history.follow_ups.plan(self._evaluation, "done", day, action)
        elif was == "done":
            # Nothing is to be looked for where nothing was filed.
            after_done = {one.id for one in self._follow_ups_of(action) if one.after == "done"}
            gone = [
                one.id
                for one in self._history.follow_ups.of_case(self.case_id)
                if one.action == action and one.kind in after_done and one.done_on is None
            ]
            self._history.follow_ups.remove(gone)

    def tick(self, action: str, evidence: str, *, on: bool) -> None:
        """This evidence is at hand, or is not after all."""
        actions = self._history.actions
        self._do(
            lambda: actions.tick(self._evaluation, action, evidence, self._clock(), on=on),
            lambda: actions.tick(self._evaluation, action, evidence, self._clock(), on=not on),
        )

    # --- What is due ------------------------------------------------------------------------

    def follow_ups(self) -> list[DueFollowUp]:
        """All of the case, the open ones first."""
        return self._history.follow_ups.of_case(self.case_id)

    def planned_after(self, action: Action, after: FollowUpAfter) -> DueFollowUp | None:
        """What is open for this action after that happens, None if nothing is."""
        kinds = {one.id for one in action.follow_ups if one.after == after}
        return next(
            (
                one
                for one in self.follow_ups()
                if one.action == action.guidance and one.kind in kinds and one.done_on is None
            ),
            None,
        )

    def happenings(self) -> list[FollowUpAfter]:
        """What may happen that is followed up, but for an action being done."""
        found = [one.after for one in self._every_follow_up()]
        return [after for after in dict.fromkeys(found) if after != "done"]

    def _every_follow_up(self) -> list[PlannedFollowUp]:
        everything = (*self._recommendation.plan, *self._recommendation.in_place)
        return [one for action in everything for one in action.follow_ups]

    def happened(self, after: FollowUpAfter, day: date, action: str = "") -> None:
        """Follow up what happened, or will happen, on this day; for one action, or for all."""
        follow_ups = self._history.follow_ups
        before = self.follow_ups()
        made: list[int] = []

        def plan() -> None:
            made[:] = follow_ups.plan(self._evaluation, after, day, action)

        def back() -> None:
            follow_ups.remove(made)
            now = {one.id: one for one in self.follow_ups()}
            # One that was planned already was moved; whatever else was done since stays.
            kinds = {one.id for one in self._every_follow_up() if one.after == after}
            moved = [
                one
                for one in before
                if one.kind in kinds and one.id in now and now[one.id].due != one.due
            ]
            follow_ups.put_back(moved)

        self._do(plan, back)

    def add(self, title: str, due: date) -> None:
        """Something of the seller's own to come back for."""
        made: list[int] = []

        def add() -> None:
            made[:] = [self._history.follow_ups.add(self.case_id, title, due)]

        self._do(add, lambda: self._history.follow_ups.remove(made))

    # --- The note ---------------------------------------------------------------------------

    def note(self) -> str:
        """The internal note of the case."""
        return self._history.case(self.case_id).note

    def set_note(self, note: str) -> bool:
        """Write the note; False, with `failed`, if it cannot be written. Not for Ctrl+Z: the
        field takes back what was typed."""
        try:
            self._history.set_note(self.case_id, note)
        except CannotWrite as fault:
            self.failed.emit(fault.sentence)
            return False
        return True

    # --- Inside -----------------------------------------------------------------------------

    def _follow_ups_of(self, action: str) -> list[PlannedFollowUp]:
        return [
            follow_up
            for one in self._recommendation.plan
            if one.guidance == action
            for follow_up in one.follow_ups
        ]
