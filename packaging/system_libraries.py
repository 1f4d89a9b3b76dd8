"""Which libraries the bundle leaves to the system, and in which Debian package each is.

What a bundle needs is read from its files, so that neither a library nor a dependency is forgotten.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

# A package that changed its name with the 64-bit time of 2024 is written with both, the new first.
PACKAGE_OF = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libuuid.so.1": "libuuid1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    # Qt Network, for the local socket between two starts, is built with these
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    # X11
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # Wayland
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libcups.so.2": "libcups2t64 | libcups2",
}

# Without these the program runs and lacks something.
ONLY_RECOMMENDED = frozenset({"libcups.so.2"})  # printing


class Needs:
    """What the binaries of a bundle ask the system for."""

    def __init__(self, folder: Path) -> None:
        described = [_described(path) for path in _binaries(folder)]
        own = {path.name for path in folder.rglob("*")}
        needed = {name for text in described for name in re.findall(r"NEEDED\s+(\S+)", text)}
        self.libraries = needed - own
        versions = {
            tuple(map(int, version.split(".")))
            for text in described
            for version in re.findall(r"\bGLIBC_([\d.]+)", text)
        }
        self.glibc = ".".join(map(str, max(versions)))
        """The oldest C library that has all it asks for, as 2.36."""


def faults(needs: Needs) -> list[str]:
    """Libraries that no package is named for, and those named that nothing needs."""
    known = set(PACKAGE_OF)
    idle = _beyond_glibc(known) - needs.libraries
    return [
        *(f"no package is named for the library {one}" for one in sorted(needs.libraries - known)),
        *(f"nothing needs the library {one}" for one in sorted(idle)),
    ]


def depends(needs: Needs) -> str:
    """The dependencies without which the program does not start, as Debian writes them."""
    packages = {PACKAGE_OF[one] for one in needs.libraries - ONLY_RECOMMENDED}
    packages = packages - {"libc6"} | {f"libc6 (>= {needs.glibc})"}
    return ", ".join(sorted(packages))


def recommends() -> str:
    """The dependencies that only some of its work needs."""
    return ", ".join(sorted(PACKAGE_OF[one] for one in ONLY_RECOMMENDED))


def _beyond_glibc(libraries: Iterable[str]) -> set[str]:
    """The C library comes as one; which parts of it are asked for does not matter."""
    return {one for one in libraries if PACKAGE_OF[one] != "libc6"}


def _binaries(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    yield path


def _described(path: Path) -> str:
    return subprocess.run(
        ["objdump", "-p", str(path)], capture_output=True, text=True, check=True
    ).stdout
