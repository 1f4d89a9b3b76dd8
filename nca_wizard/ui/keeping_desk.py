"""Looks after the history beside the window: backups, the bin, how long cases are kept.

desk = KeepingDesk(room)
desk.show_deleted(); desk.show_backups()
desk.tidy()                     a backup if one is due, and what is due to be deleted
desk.put_back_requested         a `Backup`: the window has to start over with it

When nobody has saved anything for a while, `tidy` is done by itself, once an hour at most; a
backup that is due is made when the window closes, too.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal

from nca_wizard.errors import KnownFault
from nca_wizard.history.bin import Deleted
from nca_wizard.history.store import History
from nca_wizard.history.values import Backup
from nca_wizard.settings import KeepCases
from nca_wizard.ui import later
from nca_wizard.ui.desk import Desk, Room
from nca_wizard.ui.undoing import shortened

_QUICKLY_COPIED = 16 * 1024 * 1024
"""Bytes, some thousands of customers, copied and read through in a fraction of a second; a larger
history waits for a quiet moment."""
_LOOK_EVERY_MS = 60_000
_QUIET = timedelta(seconds=30)
_TIDY_AFTER = timedelta(hours=1)
_MONTHS: dict[KeepCases, int] = {"for_ever": 0, "24_months": 24, "12_months": 12}


class KeepingDesk(Desk):
    """What it does takes a connection of its own, in its own thread."""

    put_back_requested = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._thread: later.Beside | None = None
        self._tidied: datetime | None = None
        room.undoing.changed.connect(self._look_anew)
        self._idle = QTimer(self)
        self._idle.setInterval(_LOOK_EVERY_MS)
        self._idle.timeout.connect(self._tidy_when_quiet)
        self._idle.start()

    def finish(self) -> None:
        """End what runs beside the window, before the window goes."""
        self._idle.stop()
        if self._thread is not None:
            self._thread.finish()

    def back_up_and_finish(self) -> None:
        """Before the program ends: a short day has its backup too, if that takes no time."""
        self.finish()
        backups, now = self._history.backups, self._clock()
        with suppress(KnownFault, OSError):
            quick = self._path.stat().st_size <= _QUICKLY_COPIED
            if quick and not self._history.read_only and backups.due(now):
                backups.back_up(now)

    @property
    def _beside(self) -> "later.Beside":
        if self._thread is None:
            self._thread = later.Beside(self)
        return self._thread

    # --- By itself --------------------------------------------------------------------------

    def _tidy_when_quiet(self) -> None:
        now = self._clock()
        session = self._bench.session
        saved_at = session.saved_at if session is not None else None
        is_busy = saved_at is not None and now - saved_at < _QUIET
        is_early = self._tidied is not None and now - self._tidied < _TIDY_AFTER
        if not (is_busy or is_early or self._bench.in_meeting):
            self.tidy()

    def tidy(self) -> None:
        """Back up if it is due, put by what is kept no longer, clear what was deleted long ago."""
        self._tidied = self._clock()
        # Gone with its drive: there must not be a new one.
        if self._history.read_only or not self._path.is_file():
            return
        now, months = self._clock(), _MONTHS[self._bench.settings.keep_cases]

        def work() -> list[int]:
            with History.open(self._path) as history:
                if history.read_only:
                    return []
                if history.backups.due(now):
                    history.backups.back_up(now)
                outdated = history.bin.outdated(months, now) if months else []
                if outdated:
                    history.bin.delete(now, cases=outdated)
                history.bin.clean_up(now)
            return outdated

        self._beside.do(work, self._say_outdated, self._say)

    def _say_outdated(self, cases: Sequence[int]) -> None:
        if not cases:
            return
        t = self._t
        sentence = t.plural(
            "%(count)d case was not evaluated for so long that it was deleted, as you chose in "
            "Settings.",
            "%(count)d cases were not evaluated for so long that they were deleted, as you chose "
            "in Settings.",
            len(cases),
        )
        self._undoing.done(
            sentence,
            lambda: self._history.bin.restore(cases=cases),
            lambda: self._history.bin.delete(self._clock(), cases=cases),
        )
        self._undoing.changed.emit()

    # --- What was deleted -------------------------------------------------------------------

    def show_deleted(self) -> None:
        """Show what can be brought back."""
        self._bench.show_other(self._deleted_page)

    def _deleted_page(self) -> "later.DeletedPage":
        page = later.DeletedPage(self._t, self._history.bin.deleted(), self._clock())
        page.back_requested.connect(self._bench.history_requested)
        page.restore_requested.connect(self._restore)
        page.delete_for_good_requested.connect(self._delete_for_good)
        return page

    def _restore(self, deleted: Sequence[Deleted], place: int) -> None:
        cases = [one.id for one in deleted if one.kind == "case"]
        drafts = [one.id for one in deleted if one.kind == "draft"]

        def restore() -> None:
            self._history.bin.restore(cases=cases, drafts=drafts)

        def delete() -> None:
            self._history.bin.delete(self._clock(), cases=cases, drafts=drafts)

        try:
            restore()
        except KnownFault as fault:
            self._say(fault)
            return
        t, name = self._t, shortened(deleted[0].customer_name) or self._t("No name yet")
        said = t("Restored “%(name)s”.") % {"name": name}
        if len(deleted) > 1:
            said = t.plural("Restored %(count)d case.", "Restored %(count)d cases.", len(deleted))
        self._undoing.done(said, delete, restore)
        self._look_anew()
        page = self._window.page
        if isinstance(page, later.DeletedPage):
            # Who restores by keys goes on with what stands in its place.
            page.focus_row(place)

    def _delete_for_good(self, deleted: Sequence[Deleted]) -> None:
        cases = [one.id for one in deleted if one.kind == "case"]
        drafts = [one.id for one in deleted if one.kind == "draft"]
        now = self._clock()

        def work() -> None:
            with History.open(self._path) as history:
                history.bin.delete_for_good(now, cases=cases, drafts=drafts)

        def tell(_: None) -> None:
            self._look_anew()
            self._bench.notice(self._t("Deleted for good."), "ok")

        # An undo would look for what is no longer there.
        self._undoing.forget()
        self._beside.do(work, tell, self._say)

    def _look_anew(self) -> None:
        if isinstance(self._window.page, later.DeletedPage):
            self.show_deleted()

    # --- Backups ----------------------------------------------------------------------------

    def show_backups(self) -> None:
        """Show which there are and what they hold."""
        self._bench.show_other(self._backups_page)

    def _backups_page(self) -> "later.BackupsPage":
        page = later.BackupsPage(self._t, self._clock(), can_back_up=not self._history.read_only)
        page.back_requested.connect(self._bench.show_settings)
        page.back_up_requested.connect(lambda: self.back_up(self._show_all))
        page.put_back_requested.connect(self.put_back_requested)
        self.look_up(self._show_all)
        return page

    def _show_all(self, backups: Sequence[Backup]) -> None:
        page = self._window.page
        if isinstance(page, later.BackupsPage):
            page.show_backups(backups)

    def look_up(self, then: Callable[[list[Backup]], object]) -> None:
        """Find out which backups there are."""
        self._beside.do(self._history.backups.all, then, self._say)

    def back_up(self, then: Callable[[list[Backup]], object]) -> None:
        """Make a backup now."""
        backups, now = self._history.backups, self._clock()

        def work() -> list[Backup]:
            backups.back_up(now)
            return backups.all()

        def tell(found: list[Backup]) -> None:
            then(found)
            self._bench.notice(self._t("Backed up."), "ok")

        self._beside.do(work, tell, self._say)

    def last_backup(self, then: Callable[[str], object]) -> None:
        """Say when the last one was made."""
        self.look_up(lambda found: then(later.last_said(self._t, found, self._clock())))

    def back_up_and_say(self, then: Callable[[str], object]) -> None:
        """Make a backup now, and say so."""
        self.back_up(lambda found: then(later.last_said(self._t, found, self._clock())))

    def _say(self, fault: KnownFault) -> None:
        self._bench.notice(fault.sentence.said(self._t))
