"""Compiles the part of PySide6 that is written in Python.

    build/package-env/bin/python packaging/qt_support.py FOLDER

PySide6 carries it as text, which it compiles anew at every start, unless there is a folder of that
code beside shiboken6: see SBK_EMBED in its documentation. Compiled there, it saves a sixth of the
time until the window is seen.
"""

import py_compile
import shutil
import sys
from pathlib import Path
from py_compile import PycInvalidationMode
from zipfile import ZipFile

# Brings the modules along.
import PySide6.QtCore  # noqa: F401

LOADER = "shibokensupport.signature.loader"


def main(folder: Path) -> None:
    """Write every module into `folder`, without its text."""
    shutil.rmtree(folder, ignore_errors=True)
    sources: ZipFile = vars(sys.modules[LOADER].__loader__)["zfile"]
    for name in sources.namelist():
        if name.startswith("shibokensupport/") and name.endswith(".py"):
            source = Path(sources.extract(name, folder))
            # By hash, not by time: the same sources give the same bytes.
            py_compile.compile(
                str(source),
                cfile=str(source.with_suffix(".pyc")),
                dfile=name,
                doraise=True,
                invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
            )
            source.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
