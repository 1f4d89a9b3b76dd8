"""Whether an installed program is whole: each part does its work once and says so in one line.

    rules: rulebook 2026.11, 184 rules, every scenario has exactly one answer
    page: FAILED: FileNotFoundError: ...

The window adds checks of its own, see `nca_wizard.ui.self_check`.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from nca_wizard import errors
from nca_wizard.customer import Customer
from nca_wizard.errors import KnownFault, RulebookFault
from nca_wizard.exchange import case_file
from nca_wizard.history.store import History
from nca_wizard.report.document import Press
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.proof import all_rules, flaws
from nca_wizard.sentences import as_written
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import SOURCE_LANGUAGE, Texts, available_languages, language_name
from nca_wizard.updates import container
from nca_wizard.updates.reading import public_key_in

_CUSTOMER = Customer(name="Müller & Söhne")

Check = Callable[[], str]
"""Does its work and returns what to say about it; raises what went wrong."""


def run(checks: Mapping[str, Check]) -> int:
    """Run every check, whatever came of the ones before, and return the exit code."""
    code = errors.DONE
    for name, check in checks.items():
        try:
            said = check()
        except KnownFault as fault:
            said, code = f"FAILED: {fault.sentence}", errors.OUR_FAULT
        except Exception as fault:  # noqa: BLE001  a broken part can raise anything, and the next one is still checked
            said, code = f"FAILED: {type(fault).__name__}: {fault}", errors.OUR_FAULT
        # A windowed program on Windows has no output stream.
        if sys.stdout is not None:
            sys.stdout.write(f"{name}: {said}\n")
            sys.stdout.flush()
    return code


def checks(resources: Path, now: datetime) -> dict[str, Check]:
    """The checks that need no window, by name. `now` is when the history is written."""
    return {
        "rules": lambda: _rules(resources),
        "history": lambda: _history(resources, now),
        "page": lambda: _page(resources),
        "updates": lambda: _updates(resources),
        "languages": lambda: _languages(resources, now),
    }


def _rules(resources: Path) -> str:
    book = rulebooks.load(resources)
    found = list(flaws(book))
    if found:
        raise RulebookFault(as_written("; ".join(found)))
    number = len(all_rules(book))
    return f"rulebook {book.version}, {number} rules, every scenario has exactly one answer"


def _history(resources: Path, now: datetime) -> str:
    rec = _sample(resources)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.sqlite"
        with History.open(path) as history:
            number = history.finish(None, _CUSTOMER, rec, now)
        with History.open(path) as history:
            if history.evaluation(number).recommendation != rec:
                raise LookupError("what was read back is not what was written")
    return "an evaluation was written into a temporary folder and read back the same"


def _page(resources: Path) -> str:
    document = Press(resources).document(
        Texts.load(SOURCE_LANGUAGE),
        _sample(resources),
        _CUSTOMER,
        PartnerProfile(),
        copy="customer",
        paper="a4",
    )
    if document.notice:
        raise LookupError(document.notice)
    if not document.pdf.startswith(b"%PDF-"):
        raise LookupError("what was set is not a PDF")
    return f"a PDF for screen readers, {len(document.pdf):,} bytes"


def _updates(resources: Path) -> str:
    from nacl.signing import SigningKey

    key = SigningKey.generate()
    public = bytes(key.verify_key)
    content = container.Content({"rulebook.toml": b"version = 1"}, {})
    update = container.signed(content, public, lambda message: key.sign(message).signature)
    if container.unpacked(container.verified(update, public)) != content:
        raise LookupError("what was read is not what was signed")
    able = "on" if public_key_in(resources) else "off, this build has no public key"
    return f"a signature was made and verified; rules updates are {able}"


def _languages(resources: Path, now: datetime) -> str:
    folder = resources / "locale"
    said = []
    for language in available_languages(folder):
        texts = Texts.load(language, folder)
        said.append(f"{language_name(language)} ({texts.month(now.date())})")
    return ", ".join(said)


def _sample(resources: Path) -> Recommendation:
    book = rulebooks.load(resources)
    [path] = (resources / "sample").glob("*.ncacase")
    case = case_file.read(path)
    as_of = case.as_of or book.checked_on
    engine = Engine(book)
    answers = engine.interview(case.answers, as_of).answers_in_play
    return engine.recommend(Scenario(as_of=as_of, answers=answers))
