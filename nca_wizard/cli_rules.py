"""The commands about the rules themselves: proved, compared, brought up to date.

nca-wizard proof [FOLDER] [--json]
nca-wizard compare-rules OLD NEW [--json]
nca-wizard import-rules FILE [--yes]
nca-wizard rules
"""

import argparse
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from nca_wizard.errors import DONE, NoSuchFile, RulebookFault, UsageFault, say
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.comparison import Comparison, compare
from nca_wizard.rules.comparison_words import sentence, sentences
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof import flaws
from nca_wizard.rules.proof_certificate import Certificate, certificate
from nca_wizard.rules.proof_tables import Days
from nca_wizard.sentences import Sentence
from nca_wizard.settings import load_settings, texts_of
from nca_wizard.terminal import says_yes, write, write_json
from nca_wizard.updates.store import ActiveBook, BookStore

_LOOKED_FOR = (
    "Looked for and not found: gaps, conflicts, rules that never stand, rules that their days or "
    "texts do not bear out, questions and choices that no rule tells from any other, "
    "choices that readiness has forgotten."
)
_LISTED_RULES = 12


def run(options: argparse.Namespace, today: date) -> int:
    """Run one of the commands added below and return its exit code."""
    if options.command == "proof":
        return _proof(options)
    if options.command == "compare-rules":
        return _compare_rules(options)
    if options.command == "import-rules":
        return _import_rules(options, today)
    return _list_rules(options)


def add_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Make the commands known. `add` takes a name and makes its parser."""
    proof = add(
        "proof",
        help="prove that the rules answer every scenario once, and certify it",
        allow_abbrev=False,
    )
    proof.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="with `rules` and `sources`; without it the rules in use are proved",
    )
    proof.add_argument("--json", action="store_true", help="print the certificate as JSON")
    add_data_dir(proof)

    books = add(
        "compare-rules", help="say which answers differ between two rulebooks", allow_abbrev=False
    )
    for name in ("old", "new"):
        books.add_argument(
            name, type=Path, metavar=name.upper(), help="a folder with `rules` and `sources`"
        )
    books.add_argument("--json", action="store_true", help="print the differences as JSON")

    update = add(
        "import-rules",
        help="say what a rules update changes, and use it from now on",
        allow_abbrev=False,
    )
    update.add_argument("file", type=Path, metavar="FILE", help="the update, X.ncarules")
    update.add_argument("--yes", action="store_true", help="use it without asking")
    add_data_dir(update)

    kept = add("rules", help="list the rules used on this computer so far", allow_abbrev=False)
    add_data_dir(kept)


def add_data_dir(command: argparse.ArgumentParser) -> None:
    """Let the command work with another data folder."""
    command.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where the settings and imported rules are"
    )


def data_folder(options: argparse.Namespace) -> DataFolder:
    """The data folder that was named, or else the one of this user."""
    if options.data_dir:
        return DataFolder(options.data_dir.absolute())
    return DataFolder.of_this_user()


def book_in_use(options: argparse.Namespace) -> ActiveBook:
    """The rules the window would work with. Raises RulebookFault."""
    return _books(options).active


def _books(options: argparse.Namespace) -> BookStore:
    folder = data_folder(options)
    books = BookStore(folder.rules, resources())
    # Without the folder nothing is known of the rules that were imported.
    for notice in filter(None, (folder.absence(), books.notice)):
        say(notice.said(texts_of(load_settings(folder.settings).settings)))
    return books


# --- proof -----------------------------------------------------------------------------------


def _proof(options: argparse.Namespace) -> int:
    # A faulty book does not get past this line; what follows measures and certifies.
    rulebook = _below(options.folder) if options.folder else book_in_use(options).rulebook
    began = time.perf_counter()
    found = list(flaws(rulebook))
    proof_ms = _milliseconds_since(began)
    certified = certificate(rulebook)
    whole_ms = _milliseconds_since(began)
    if options.json:
        return write_json(
            {
                **_certificate_as_json(certified),
                "faults": found,
                "milliseconds": {"proof": proof_ms, "with_certificate": whole_ms},
            }
        )
    time_taken = f"{proof_ms} ms for the proof, {whole_ms} ms with this certificate"
    return write(_certificate_as_text(certified, time_taken))


def _below(folder: Path) -> Rulebook:
    if not folder.is_dir():
        raise NoSuchFile(Sentence("There is no folder %(folder)s.", folder=folder))
    return rulebooks.load(folder)


def _milliseconds_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _certificate_as_json(certified: Certificate) -> dict[str, Any]:
    return {
        "rulebook": {"version": certified.version, "hash": certified.rules_hash},
        "answers": certified.answers_hash,
        "reasons": certified.reasons_hash,
        "days": {"first": str(certified.horizon.first), "last": str(certified.horizon.last)},
        "stretches": [str(days.first) for days in certified.stretches],
        "scenarios": certified.scenarios,
        "impossible": certified.impossible,
        "goals": {
            "products": certified.products,
            "metrics": certified.metrics,
            "kinds": certified.kinds_of_goals,
        },
        "rules": dict(certified.rules),
        "redundant": dict(certified.redundant),
        "older_than_their_texts": dict(certified.older_than_their_texts),
    }


def _certificate_as_text(certified: Certificate, time_taken: str) -> str:
    figures = _figures(
        rules=[f"{number:4} in {file}" for file, number in certified.rules.items()],
        scenarios=[
            f"{certified.scenarios:,} for each product on each day",
            f"{certified.impossible:,} more cannot occur",
        ],
        goals=[
            f"{certified.products} products, {certified.metrics} metrics",
            f"{certified.kinds_of_goals} kinds of family, metric and being measured",
        ],
        stretches=[
            f"{len(certified.stretches)}, in each of which the same rules are in force:",
            *map(str, certified.stretches),
        ],
        time=[time_taken],
    )
    sections = [
        f"Rulebook {certified.version}: every scenario that can occur has exactly one answer.",
        figures,
        textwrap.fill(_LOOKED_FOR, 88),
        _listed("could go without changing an answer", certified.redundant),
        _listed("begin before the oldest text they cite", certified.older_than_their_texts),
        (
            f"SHA-256 of the rules           {certified.rules_hash}\n"
            f"SHA-256 of all answers         {certified.answers_hash}\n"
            f"SHA-256 of the rules behind    {certified.reasons_hash}\n"
        ),
    ]
    return "\n\n".join(sections)


def _figures(**figures: Sequence[str]) -> str:
    width = max(map(len, figures)) + 2
    return "\n".join(
        f"  {name if number == 0 else '':{width}}{line}"
        for name, lines in figures.items()
        for number, line in enumerate(lines)
    )


def _listed(what: str, rules: Mapping[str, Sequence[str]]) -> str:
    """How many rules are so, and which; a long list is left to --json."""
    number = sum(map(len, rules.values()))
    if not 0 < number <= _LISTED_RULES:
        return f"Rules that {what}: {number}{' (--json lists them)' if number else ''}."
    lines = (f"  {file}: {', '.join(ids)}" for file, ids in rules.items())
    return "\n".join([f"Rules that {what}: {number}.", *lines])


# --- compare-rules ---------------------------------------------------------------------------


def _compare_rules(options: argparse.Namespace) -> int:
    old, new = _book_in(options.old), _book_in(options.new)
    compared = compare(old, new)
    if options.json:
        return write_json(_comparison_as_json(compared))
    return write(_comparison_as_text(compared))


def _book_in(folder: Path) -> Rulebook:
    """The book below a folder; a fault says which of the two it is in."""
    try:
        return _below(folder)
    except RulebookFault as fault:
        raise RulebookFault(
            Sentence(
                "The rules in %(folder)s cannot be used: %(fault)s",
                folder=folder,
                fault=fault.sentence,
            )
        ) from fault


def _comparison_as_text(compared: Comparison) -> str:
    lines = (textwrap.fill(line, 88, break_on_hyphens=False) for line in sentences(compared))
    return "\n\n".join(lines) + "\n"


def _comparison_as_json(compared: Comparison) -> dict[str, Any]:
    def days(some: Days | None) -> dict[str, str] | None:
        return {"first": str(some.first), "last": str(some.last)} if some else None

    return {
        "old": {
            "version": compared.old_version,
            "hash": compared.old_hash,
            "days": days(compared.old_days),
        },
        "new": {
            "version": compared.new_version,
            "hash": compared.new_hash,
            "days": days(compared.new_days),
        },
        "compared": days(compared.days),
        "added": [{"what": e.what, "id": e.id} for e in compared.entries if e.added],
        "removed": [{"what": e.what, "id": e.id} for e in compared.entries if not e.added],
        "moved": [
            {"product": product, "old": before, "new": after}
            for product, before, after in compared.moved
        ],
        "not_compared": list(compared.not_compared),
        "differences": [
            {**asdict(one), "days": days(one.days), "sentence": sentence(one, compared)}
            for one in compared.differences
        ],
        "notes": asdict(compared.notes),
    }


# --- import-rules and rules ------------------------------------------------------------------


def _import_rules(options: argparse.Namespace, today: date) -> int:
    data_folder(options).check_it_is_there()
    books = _books(options)
    update = books.read(options.file, today)
    write(_comparison_as_text(compare(books.active.rulebook, update.rulebook)))
    if not options.yes:
        agreed = says_yes(f"\nUse the rules {update.version} from now on?")
        if agreed is None:
            raise UsageFault(
                Sentence(
                    "Nothing was changed, as there is no terminal to ask on; --yes uses the rules."
                )
            )
        if not agreed:
            return write("Nothing was changed.\n")
    books.activate(update, today)
    return write(f"\nThe rules {update.version} are used from now on.\n")


def _list_rules(options: argparse.Namespace) -> int:
    books = _books(options)
    for book in books.kept():
        since = f"first used on {book.first_used}" if book.first_used else "not used before"
        origin = "imported" if book.imported else "came with the program"
        in_use = ", in use" if book.in_use else ""
        write(f"{book.version}  serial {book.serial}, {origin}, {since}{in_use}\n")
    if books.closed:
        say(str(books.closed))
    return DONE
