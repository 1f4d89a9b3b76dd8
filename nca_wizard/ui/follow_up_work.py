"""What is done about what is due, written at once, each act undone by Ctrl+Z.

work = FollowUpWork(texts, history, clock, undoing)
work.set_done(one)
work.changed.connect(...)                   after every act, undone ones and failed ones too
work.failed.connect(...)                    a `Sentence`: why it was not saved
"""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from nca_wizard.errors import CannotWrite
from nca_wizard.history.follow_ups import DueFollowUp
from nca_wizard.history.store import History
from nca_wizard.texts import Texts
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.undoing import Undoing

PUT_OFF = timedelta(days=7)


class FollowUpWork(QObject):
    """Finding what is due done, and putting it off. `changed` comes after every act."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        texts: Texts,
        history: History,
        clock: Clock,
        undoing: Undoing,
    ) -> None:
        # No parent: what can be undone outlives the page it was done on.
        super().__init__()
        self._noted = ""
        """What a change that shows on the page is called elsewhere."""
        self.texts = texts
        self._history = history
        self._clock = clock
        self._undoing = undoing
        # What is undone may have been done on an earlier page for the same case.
        undoing.changed.connect(self.changed)

    @property
    def today(self) -> date:
        return self._clock().date()

    def set_done(self, one: DueFollowUp, *, done: bool = True) -> None:
        """It is done today, or open again."""
        day = self.today if done else None
        said = self.texts("Done: %(what)s") if done else self.texts("Open again: %(what)s")
        self._do(
            lambda: self._history.follow_ups.set_done(one.id, day),
            lambda: self._history.follow_ups.set_done(one.id, one.done_on),
            said % {"what": self.title(one)},
        )

    def put_off(self, one: DueFollowUp) -> None:
        """Show it a week later than it would, counted from today if that has passed."""
        until = max(one.shown_on, self.today) + PUT_OFF
        self._do(
            lambda: self._history.follow_ups.snooze(one.id, until),
            lambda: self._history.follow_ups.snooze(one.id, one.snoozed_until),
            self.texts("Put off: %(what)s") % {"what": self.title(one)},
        )

    def title(self, one: DueFollowUp) -> str:
        """What is to be done, in words; what the seller typed stays as it is."""
        return one.title if one.is_own else self.texts(one.title)

    def _do(self, act: Callable[[], object], back: Callable[[], object], said: str = "") -> None:
        """Do it, remember how to take it back, and tell; what cannot be written is only told.

        What goes out of sight is `said`.
        """

        def then(what: Callable[[], object]) -> Callable[[], object]:
            def done() -> None:
                what()
                self.changed.emit()

            return done

        try:
            act()
        except CannotWrite as fault:
            self.failed.emit(fault.sentence)
        else:
            if said:
                self._undoing.done(said, then(back), then(act))
            else:
                self._undoing.done_quietly(self._noted, then(back), then(act))
        self.changed.emit()
