"""NCA Wizard: which association makes a customer count, and how to get it."""

import sys

# Written so that even Python 2 can parse it: whoever starts the program with an
# old interpreter gets this sentence instead of a SyntaxError from a later module.
if sys.version_info < (3, 11):  # noqa: UP036  an older interpreter reaches this line
    sys.exit("NCA Wizard needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031  f-strings do not parse there

__version__ = "0.1.0"
