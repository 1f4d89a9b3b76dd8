"""Two rulebooks compared, in sentences: what only one knows, what changes, what else differs."""

from collections.abc import Iterator, Mapping, Sequence

from nca_wizard.rules.boxes import Box, in_words
from nca_wizard.rules.comparison import Comparison, Difference
from nca_wizard.rules.proof_faults import SHOWN_BOXES
from nca_wizard.rules.proof_tables import Days

SHOWN_RULES = 6
"""Of each book for one difference; the data has them all."""


def sentences(comparison: Comparison) -> Iterator[str]:
    """The whole comparison, one sentence or two for each thing."""
    yield _opening(comparison)
    yield from _apart(comparison)
    if comparison.days is None:
        return
    number = len(comparison.differences)
    if not number:
        yield "No answer changes."
    elif number == 1:
        yield "One answer changes."
    else:
        yield f"{number} answers change."
    for difference in comparison.differences:
        yield sentence(difference, comparison)
    yield from _noted(comparison)


def sentence(difference: Difference, comparison: Comparison) -> str:
    """One difference: what it is about, old and new value, when, where and by which rules."""
    what = _subject(difference, comparison.products_by_family)
    change = f"{what} was {difference.old} and becomes {difference.new}"
    if difference.kind in ("try_order", "usual"):
        return f"{change}."
    when = "on every day" if difference.days == comparison.days else str(difference.days)
    where = _where(difference, comparison.products_by_family)
    return f"{change} {when} {where}.{_because(difference)}"


def _subject(difference: Difference, families: Mapping[str, Sequence[str]]) -> str:
    subject = difference.subject
    if difference.goals is not None:
        return f"The verdict{_for_goals(difference.goals, families)}"
    return {
        "occurs": "A combination of answers",
        "measured": "Whether the product is measured",
        "counts": f"Whether {subject} counts",
        "access": f"Access to {subject}",
        "verdict": "The verdict",
        "readiness": f"Readiness for {subject}",
        "held_up": f"Whether {subject} is held up until the customer is ready",
        "guidance": f"The guidance to {subject}",
        "caution": f"The caution {subject}",
        "try_order": "The order in which unsettled routes are tried",
        "usual": f"What is taken as usual for {subject}",
    }[difference.kind]


def _for_goals(goals: Box, families: Mapping[str, Sequence[str]]) -> str:
    products = _products(goals["product"], families) if "product" in goals else "any product"
    metrics = " or ".join(goals["metric"]) if "metric" in goals else "any metric"
    return f" of {products} for {metrics}"


def _products(products: Sequence[str], families: Mapping[str, Sequence[str]]) -> str:
    """The products by name, or by their family where most of it is meant."""
    words: list[str] = []
    for family, members in families.items():
        meant = [product for product in members if product in products]
        others = [product for product in members if product not in products]
        if len(meant) > 1 and len(others) * 2 < len(meant):
            but = f" (but {', '.join(others)})" if others else ""
            words.append(f"any product of {family}{but}")
        else:
            words += meant
    return " or ".join(words)


def _where(difference: Difference, families: Mapping[str, Sequence[str]]) -> str:
    if difference.boxes == ({},):
        return "with any answers" if difference.kind != "measured" else "for everything"
    words = [f"with {_clause(box, families)}" for box in difference.boxes[:SHOWN_BOXES]]
    if len(difference.boxes) > SHOWN_BOXES:
        words.append("and elsewhere")
    return f"{'; '.join(words)} ({difference.scenarios} of {difference.of} scenarios)"


def _clause(box: Box, families: Mapping[str, Sequence[str]]) -> str:
    if "product" not in box:
        return in_words(box)
    named = f"product = {_products(box['product'], families)}"
    rest = {axis: choices for axis, choices in box.items() if axis != "product"}
    return ", ".join([named, in_words(rest)]) if rest else named


def _because(difference: Difference) -> str:
    if not difference.old_rules and not difference.new_rules:
        return ""
    if difference.old_rules == difference.new_rules:
        return f" In both books by: {_some(difference.old_rules)}."
    return (
        f" By the old rules: {_some(difference.old_rules)};"
        f" by the new rules: {_some(difference.new_rules)}."
    )


def _some(rules: Sequence[str]) -> str:
    shown = ", ".join(rules[:SHOWN_RULES]) or "none"
    more = len(rules) - SHOWN_RULES
    return f"{shown} and {more} more" if more > 0 else shown


# --- What surrounds the differences ----------------------------------------------------------


def _opening(comparison: Comparison) -> str:
    books = f"The old rules {comparison.old_version} and the new rules {comparison.new_version}"
    if comparison.days is None:
        return (
            f"{books} have no day in common ({_span(comparison.old_days)}; "
            f"{_span(comparison.new_days)}): nothing is compared."
        )
    return f"{books} are compared {comparison.days}."


def _span(days: Days) -> str:
    return f"{days.first} to {days.last}"


def _apart(comparison: Comparison) -> Iterator[str]:
    old, new = comparison.old_days, comparison.new_days
    if old != new and comparison.days is not None:
        yield f"The days covered were {_span(old)} and become {_span(new)}."
    for added, how in ((True, "Added"), (False, "Removed")):
        named = [f"{entry.what} {entry.id}" for entry in comparison.entries if entry.added == added]
        if named:
            yield f"{how}: {', '.join(named)}."
    for product, before, after in comparison.moved:
        yield f"The product {product} moves from the family {before} to {after}."
    if comparison.entries and comparison.days is not None:
        yield "What follows is about what both books know."
    if comparison.not_compared:
        yield (
            "Not compared is what hangs on questions of which the books share no choice: "
            f"{', '.join(comparison.not_compared)}."
        )


def _noted(comparison: Comparison) -> Iterator[str]:
    """How verdicts are meant, and in figures what changes no answer; the data has the ids."""
    if any(difference.kind == "verdict" for difference in comparison.differences):
        yield "Verdicts are told as they are before readiness, which is told apart."
    notes = comparison.notes
    for what, names in (
        ("Entries of both books in other words", notes.texts),
        ("Rules of both books with other citations or another day of review", notes.sources),
        ("Ids of rules that are gone", notes.rules_gone),
        ("Ids of rules that are new", notes.rules_new),
    ):
        if names:
            yield f"{what}: {len(names)}."
