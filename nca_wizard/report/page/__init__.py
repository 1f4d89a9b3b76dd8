"""What stands on the printed page: the blocks of customer copy, internal copy and hand-off.

Pure: a recommendation in, data for the template out. How a block looks is for
`resources/documents/summary.typ`; its kind picks the look.
"""

from typing import Any

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.report.page.blocks import TYPST_PAPER, Copy, Data, Length, with_left_out
from nca_wizard.report.page.customer_copy import for_customer
from nca_wizard.report.page.hand_off import for_whoever_files
from nca_wizard.report.page.internal_copy import for_us
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile, Sheet
from nca_wizard.texts import N_, Texts

__all__ = ["Copy", "Data", "customer_blocks", "footer", "hand_off_blocks", "page"]


_LENGTHS: dict[Copy, tuple[tuple[Length, ...], ...]] = {
    "customer": (("full", "brief", "essential"), ("glance",)),
    "internal": (("full", "long", "brief", "essential"), ("undrawn", "glance"), ("least",)),
    "handoff": (("full", "brief"), ("essential",), ("glance",)),
}
"""What is tried, in groups: nothing of a later one while a text of an earlier one can be set on a
page, tightly at least. Whoever files needs the steps."""
_NOTE_LINES = 1
_MORE_NOTE_LINES = {"customer": 11, "internal": 3, "handoff": 11}
"""How many lines to write on the template may add where the page has room."""


def page(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    partner: PartnerProfile,
    *,
    copy: Copy,
    paper: Sheet,
    sample: bool,
    schedule: Schedule | None = None,
) -> Data:
    """The data of one document for the template."""
    internal = copy != "customer"
    title = _title(t, customer, copy, sample=sample)
    groups = [
        [_blocks(t, rec, customer, partner, copy, length, schedule) for length in lengths]
        for lengths in _LENGTHS[copy]
    ]
    if internal:
        full = groups[0][0]
        groups = [
            [blocks if blocks is full else with_left_out(t, full, blocks) for blocks in group]
            for group in groups
        ]
    return {
        "language": t.language.partition("_")[0],
        "region": None,
        "title": title,
        "author": [part for part in (partner.name, partner.company) if part],
        "description": t(wording.DISCLAIMER),
        "day": [rec.rulebook.as_of.year, rec.rulebook.as_of.month, rec.rulebook.as_of.day],
        "paper": TYPST_PAPER[paper],
        "name": customer.name,
        "subtitle": f"{t(_SUBJECTS[copy])} · {t.date(rec.rulebook.as_of)}",
        "tags": _tags(t, internal=internal, sample=sample),
        "prepared": _prepared(t, partner),
        "continued": t("%(title)s, continued") % {"title": title},
        "footer": footer(t, rec),
        "page_of": t("{page} of {pages}"),
        "note_lines": _NOTE_LINES,
        "more_note_lines": _MORE_NOTE_LINES[copy],
        # Of a group the template takes the first that fits on a page in comfort, then tightly.
        "groups": groups,
    }


def _blocks(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    partner: PartnerProfile,
    copy: Copy,
    length: Length,
    schedule: Schedule | None,
) -> list[Data]:
    if copy == "customer":
        return for_customer(t, rec, partner, length=length, schedule=schedule)
    if copy == "internal":
        return for_us(t, rec, customer, length, schedule)
    return for_whoever_files(t, rec, customer, partner, length, schedule)


def customer_blocks(
    t: Texts, rec: Recommendation, partner: PartnerProfile, schedule: Schedule | None = None
) -> list[Data]:
    """Everything the customer copy says, as its blocks."""
    return for_customer(t, rec, partner, length="full", schedule=schedule)


def hand_off_blocks(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    partner: PartnerProfile,
    schedule: Schedule | None = None,
) -> list[Data]:
    """Everything the hand-off says, as its blocks."""
    return for_whoever_files(t, rec, customer, partner, "full", schedule)


_SUBJECTS: dict[Copy, str] = {
    "customer": N_("How we are recorded as your partner"),
    "internal": N_("Partner association summary"),
    "handoff": N_("Hand-off to the person who files"),
}
_TITLES: dict[Copy, str] = {
    "customer": N_("%(customer)s, how we are recorded as your partner"),
    "internal": N_("%(customer)s, partner association summary"),
    "handoff": N_("%(customer)s, hand-off to the person who files"),
}


def _title(t: Texts, customer: Customer, copy: Copy, *, sample: bool) -> str:
    title = t(_TITLES[copy]) % {"customer": customer.name}
    marked = [t("internal")] if copy == "internal" else []
    marked += [t("sample")] if sample else []
    return f"{title} ({', '.join(marked)})" if marked else title


def _tags(t: Texts, *, internal: bool, sample: bool) -> list[str]:
    tags = [t("INTERNAL")] if internal else []
    return [*tags, t("Sample")] if sample else tags


def _prepared(t: Texts, partner: PartnerProfile) -> list[Any]:
    """Who prepared it, then the lines of how to reach them."""
    reach = " · ".join(one for one in (partner.phone, partner.email) if one)
    who = [one for one in (partner.name, partner.company, reach) if one]
    return [{"label": t("Prepared by"), "name": who[0]}, *who[1:]] if who else []


def footer(t: Texts, rec: Recommendation) -> str:
    """Whose word it is, under every page."""
    guidance = t(
        "Guidance from rule set %(version)s. Not a decision by Microsoft, not affiliated with "
        "Microsoft."
    ) % {"version": rec.rulebook.version}
    return f"{guidance} {t(wording.TRADEMARKS)}"
