"""Puts the bundle into a Debian package: dist/nca-wizard_VERSION_ARCHITECTURE.deb.

`make package` makes the bundle first and sets SOURCE_DATE_EPOCH, the date of what is built.
XZ_LEVEL (0 to 9, 6 unless set) trades time for size.
"""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import draw_icons
import system_libraries
from nca_wizard import __version__
from nca_wizard.licences import components

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = "nca-wizard"
APP_ID = "org.nca_wizard.NcaWizard"
MAINTAINER = "the NCA Wizard authors <authors@nca-wizard.invalid>"
BUNDLE = ROOT / "dist" / "bundle" / NAME
STAGE = ROOT / "build" / "deb"

_CONTROL = """\
Package: nca-wizard
Version: {version}
Section: misc
Priority: optional
Architecture: {architecture}
Installed-Size: {kilobytes}
Maintainer: {maintainer}
Depends: {depends}
Recommends: {recommends}
Description: partner association guide for sellers of Microsoft partners
 Tells a field seller of a Microsoft partner whether a customer will count in
 the partner's score, and what to do so that it does: which association (CSP,
 CPOR, DPOR or PAL) fits, why, with which evidence, how long it takes, and why
 the others do not fit. Keeps what was evaluated and prints one page for the
 meeting. Works without a network.
 .
 An independent tool, not affiliated with Microsoft.
"""


def build(built_at: datetime) -> Path:
    """Make the package anew and return where it is. `built_at` is the date of what is built."""
    needs = system_libraries.Needs(BUNDLE)
    faults = system_libraries.faults(needs)
    if faults:
        sys.exit("\n".join(faults))
    shutil.rmtree(STAGE, ignore_errors=True)
    for older in (ROOT / "dist").glob(f"{NAME}_*.deb"):
        older.unlink()
    _place_program()
    _place_icons()
    _place_texts(built_at)
    _set_modes()
    _write_control(needs)
    package = ROOT / "dist" / f"{NAME}_{__version__}_{_architecture()}.deb"
    level = os.environ.get("XZ_LEVEL", "6")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", STAGE, package],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(built_at.timestamp()))},
        check=True,
    )
    return package


def _place_program() -> None:
    shutil.copytree(BUNDLE, STAGE / "usr/lib" / NAME, symlinks=True)
    link = _folder("usr/bin") / NAME
    link.symlink_to(f"../lib/{NAME}/{NAME}")


def _place_icons() -> None:
    for size in draw_icons.SIZES:
        theme = f"usr/share/icons/hicolor/{size}x{size}"
        ours = ROOT / "resources" / "icons" / f"nca-wizard-{size}.png"
        shutil.copy(ours, _folder(f"{theme}/apps") / f"{APP_ID}.png")
        case = ROOT / "build" / "icons" / f"case-file-{size}.png"
        shutil.copy(case, _folder(f"{theme}/mimetypes") / "application-x-ncacase.png")
    scalable = "usr/share/icons/hicolor/scalable"
    drawings = ROOT / "packaging" / "icons"
    shutil.copy(drawings / "nca-wizard.svg", _folder(f"{scalable}/apps") / f"{APP_ID}.svg")
    shutil.copy(
        drawings / "case-file.svg", _folder(f"{scalable}/mimetypes") / "application-x-ncacase.svg"
    )


def _place_texts(built_at: datetime) -> None:
    _place("usr/share/applications", f"{APP_ID}.desktop", built_at)
    _place("usr/share/metainfo", f"{APP_ID}.metainfo.xml", built_at)
    _place("usr/share/mime/packages", "mime.xml", built_at, f"{APP_ID}.xml")
    _place("usr/share/lintian/overrides", "lintian-overrides", built_at, NAME)
    manual = _place("usr/share/man/man1", f"{NAME}.1", built_at)
    documents = _folder(f"usr/share/doc/{NAME}")
    (documents / "copyright").write_text(copyright_notice(), encoding="utf-8")
    log = documents / "changelog"
    log.write_text(changelog(built_at), encoding="utf-8")
    for path in (manual, log):
        packed = gzip.compress(path.read_bytes(), 9, mtime=0)
        path.with_name(f"{path.name}.gz").write_bytes(packed)
        path.unlink()


def _place(folder: str, name: str, built_at: datetime, new_name: str = "") -> Path:
    text = (HERE / name).read_text(encoding="utf-8")
    text = text.replace("@VERSION@", __version__).replace("@DATE@", f"{built_at:%Y-%m-%d}")
    path = _folder(folder) / (new_name or name)
    path.write_text(text, encoding="utf-8")
    return path


def copyright_notice() -> str:
    """Whose work it is, in the machine-readable form, with the list of what is bundled."""
    listed = "\n".join(
        f" {one.name} {one.version}".rstrip() + f": {one.licence} {one.address}".rstrip()
        for one in components(ROOT / "resources")[1:]
    )
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").partition("\n\n")[2]
    permission = licence.partition("\n\n")[2].strip()
    text = "\n".join(f" {line}" if line else " ." for line in permission.splitlines())
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: NCA Wizard\n"
        f"Comment: The program comes with these components, whose licence texts are in\n"
        f" /usr/lib/{NAME}/_internal/resources/licences and under About, Licences. The GNU\n"
        " licences are in /usr/share/common-licenses/LGPL-3 and GPL-3 too.\n"
        f"{listed}\n"
        "\n"
        "Files: *\n"
        "Copyright: 2026 the NCA Wizard authors\n"
        "License: Expat\n"
        f"{text}\n"
    )


def changelog(built_at: datetime) -> str:
    """The newest section of CHANGELOG.md, in Debian's form."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    changes = [line[2:] for line in newest.splitlines() if line.startswith("- ")]
    entries = "\n".join(
        textwrap.fill(change, 78, initial_indent="  * ", subsequent_indent="    ")
        for change in changes
    )
    return (
        f"{NAME} ({__version__}) stable; urgency=medium\n\n{entries}\n\n"
        f" -- {MAINTAINER}  {format_datetime(built_at)}\n"
    )


def _write_control(needs: system_libraries.Needs) -> None:
    files = sorted(path for path in (STAGE / "usr").rglob("*") if path.is_file())
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(STAGE).as_posix()}\n"
        for path in files
        if not path.is_symlink()
    ]
    control = _folder("DEBIAN")
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    (control / "control").write_text(
        _CONTROL.format(
            version=__version__,
            architecture=_architecture(),
            kilobytes=sum(path.lstat().st_size for path in files) // 1024,
            maintainer=MAINTAINER,
            depends=system_libraries.depends(needs),
            recommends=system_libraries.recommends(),
        ),
        encoding="utf-8",
    )


def _set_modes() -> None:
    programs = {STAGE / "usr/lib" / NAME / NAME}
    for path in STAGE.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)


def _folder(name: str) -> Path:
    folder = STAGE / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _architecture() -> str:
    asked = ["dpkg", "--print-architecture"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    date = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    print(build(date))
