"""Whether the data folder is where a database is safe: not on a network, not in a synchronised
folder. Tells what can be told; silence is no promise."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from nca_wizard.sentences import Sentence

Risk = Literal["network", "synchronised"]

_NETWORK = frozenset(
    (
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.gvfsd-fuse",
        "fuse.rclone", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2",
        "smb3", "smbfs", "webdav",
    )
)  # fmt: skip
# What the synchronising programs leave in the folder they look after, or below it.
_MARKS = (
    ".dropbox",
    ".dropbox.cache",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".stfolder",
    ".sync/ID",
    ".tmp.drivedownload",
    ".tmp.driveupload",
)
_MARK_PATTERNS = (".sync_*.db", "._sync_*.db")
_NAMES = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud drive")
_APPLE = ("Mobile Documents", "CloudStorage")
_ENVIRONMENT = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_REMOTE_DRIVE = 4


def risk_of(
    folder: Path, environment: Mapping[str, str], mounts: str | None = None
) -> tuple[Risk, Sentence] | None:
    """The risk for a database in `folder`, and a sentence; None where none is known.

    `mounts` is the system's table of mounts, as Linux writes it; read if it is not given.
    """
    folder = folder.absolute()
    if _is_synchronised(folder, environment):
        return "synchronised", Sentence(
            "Your history is in a synchronised folder, %(folder)s; two computers can damage it. "
            "Keep it on this computer, and use the backups or an export to take it elsewhere.",
            folder=folder,
        )
    if _is_on_network(folder, _mounts() if mounts is None else mounts):
        return "network", Sentence(
            "Your history is on a network drive, %(folder)s; a lost connection can damage it. "
            "Keep it on this computer.",
            folder=folder,
        )
    return None


def _is_synchronised(folder: Path, environment: Mapping[str, str]) -> bool:
    above = (folder, *folder.parents)
    for name in _ENVIRONMENT:
        place = environment.get(name)
        if place and Path(place).absolute() in above:
            return True
    return any(_looks_synchronised(one) for one in above)


def _looks_synchronised(folder: Path) -> bool:
    name = folder.name.casefold()
    # "OneDrive - Contoso" and "Dropbox (Personal)" are what these programs call their folders.
    if any(name == known or name.startswith((f"{known} -", f"{known} (")) for known in _NAMES):
        return True
    if folder.name in _APPLE and folder.parent.name == "Library":
        return True
    try:
        return any((folder / mark).exists() for mark in _MARKS) or any(
            next(folder.glob(pattern), None) is not None for pattern in _MARK_PATTERNS
        )
    except OSError:
        return False


def _is_on_network(folder: Path, mounts: str) -> bool:
    if sys.platform == "win32":
        from ctypes import windll

        if folder.drive.startswith("\\\\"):
            return True
        return bool(windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == _REMOTE_DRIVE)
    kinds = {}
    for line in mounts.splitlines():
        _, place, kind, *_ = [*line.split(), "", "", ""]
        # Blanks in a name are written as octal numbers.
        kinds[Path(place.replace("\\040", " "))] = kind
    nearest = next((one for one in (folder, *folder.parents) if one in kinds), None)
    return nearest is not None and kinds[nearest] in _NETWORK


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def risk_here(folder: Path) -> tuple[Risk, Sentence] | None:
    """The risk for the data folder of this computer, and a sentence; None where none is known."""
    return risk_of(folder, os.environ)


def notice_about(folder: Path) -> Sentence | None:
    """The sentence alone."""
    found = risk_here(folder)
    return found[1] if found else None
