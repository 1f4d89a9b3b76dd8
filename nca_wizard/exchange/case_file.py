"""The case file (`.ncacase`): one customer's answers as JSON, to send on or to evaluate.

    {"format": "ncacase", "version": 1, "as_of": "2026-11-22",
     "customer": {"name": "Contoso AB", ...}, "answers": {"channel": "csp_direct_bill", ...}}

Only `answers` must be there. Whether its questions and choices exist is for the rulebook to say.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.rules.model import Answers

FORMAT = "ncacase"
VERSION = 1
ENDING = ".ncacase"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a case file says. `as_of` and `customer` are None where it does not say."""

    answers: Answers
    as_of: date | None = None
    customer: Customer | None = None


class FileExists(CannotWrite):
    """There is a file of that name, and nobody said it may be replaced."""


def read(path: Path) -> CaseFile:
    """Read the case file at `path`.

    Raises NoSuchFile, or BadInput with one sentence: what is wrong, where, and what to do.
    """
    raise NotImplementedError


def write(path: Path, case: CaseFile, *, overwrite: bool = False) -> None:
    """Write `case` to `path`, whole or not at all. Raises FileExists, CannotWrite."""
    raise NotImplementedError
