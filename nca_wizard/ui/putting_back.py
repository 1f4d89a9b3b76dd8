"""Puts a backup in the place of the history, which nobody may have open, and says how it went."""

from datetime import datetime
from pathlib import Path

from nca_wizard.errors import KnownFault
from nca_wizard.history.backups import Backups
from nca_wizard.history.values import Backup
from nca_wizard.texts import Texts
from nca_wizard.ui.widgets import Tone


def put_back(t: Texts, history: Path, backup: Backup, now: datetime) -> tuple[str, Tone]:
    """The sentence to say, and whether all is well ("ok")."""
    try:
        kept = Backups(history).restore(backup, now)
    except KnownFault as fault:
        return fault.sentence.said(t), "warn"
    used = t("The backup of %(when)s is used from now on.") % {
        "when": t.moment(backup.made_at.astimezone(now.tzinfo))
    }
    if kept is None:
        return used, "ok"
    where = t("What was there before is kept as %(path)s.") % {"path": kept}
    return f"{used} {where}", "ok"
