"""Makes importing quicker once Qt is there; to be imported before the rest of the window."""

import sys

import PySide6.QtCore  # noqa: F401  brings what is looked for below

# WORKAROUND: after every import PySide6 reads the source of that module, and keeps it, to see
# whether it may use `from __feature__ import`. Nothing here does. It took a tenth of the start and
# 9 MB; the frozen program, which has no sources, always did without. To be removed when PySide6
# has no such function any more.
_feature = vars(sys.modules.get("shibokensupport.feature", sys))
if "_mod_uses_pyside" in _feature:
    _feature["_mod_uses_pyside"] = lambda _module: False
