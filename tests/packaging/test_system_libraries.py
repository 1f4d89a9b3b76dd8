from pathlib import Path

from system_libraries import PACKAGE_OF, Needs, depends, faults, recommends


class Asked(Needs):
    """Needs that were not read from files."""

    def __init__(self, *libraries: str) -> None:
        self.libraries = set(libraries)
        self.glibc = "2.36"


def test_every_library_needed_becomes_a_dependency_once() -> None:
    needs = Asked(
        "libc.so.6", "libm.so.6", "libxcb.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"
    )

    assert depends(needs) == "libc6 (>= 2.36), libglib2.0-0t64 | libglib2.0-0, libxcb1"


def test_printing_is_only_recommended() -> None:
    assert depends(Asked("libcups.so.2")) == "libc6 (>= 2.36)"
    assert recommends() == "libcups2t64 | libcups2"


def test_a_library_without_a_package_and_one_nobody_needs_are_named() -> None:
    needs = Asked(*PACKAGE_OF.keys() - {"libxcb.so.1", "librt.so.1"}, "libgtk-3.so.0")

    assert faults(needs) == [
        "no package is named for the library libgtk-3.so.0",
        "nothing needs the library libxcb.so.1",
    ]


def test_every_package_is_among_those_that_running_from_source_asks_for(checkout: Path) -> None:
    listed = (checkout / "packaging" / "debian-packages.txt").read_text(encoding="utf-8")
    # Python itself, or what Python needs, brings these.
    brought = {"libc6", "libgcc-s1", "libstdc++6", "zlib1g", "libzstd1", "libuuid1"}

    for names in set(PACKAGE_OF.values()) - brought:
        assert names.split(" | ")[0] in listed
