"""What stands on the printed page of evaluations beside each other: for us, never the customer."""

from collections.abc import Sequence
from datetime import date

from nca_wizard.report import wording
from nca_wizard.report.compared import (
    MARKS,
    WHAT_THE_MARKS_SAY,
    Section,
    Side,
    Why,
    word_for,
)
from nca_wizard.report.page.blocks import TYPST_PAPER, Data
from nca_wizard.settings import Sheet
from nca_wizard.texts import Texts


def comparison_page(
    t: Texts,
    sides: Sequence[Side],
    sections: Sequence[Section],
    why: Sequence[Why],
    *,
    day: date,
    paper: Sheet,
) -> Data:
    """The data of the document for its template."""
    names = t.listing(list(dict.fromkeys(side.customer for side in sides)))
    title = t("%(customers)s compared") % {"customers": names}
    return {
        "language": t.language.partition("_")[0],
        "title": title,
        "author": "",
        "description": t(wording.DISCLAIMER),
        "day": [day.year, day.month, day.day],
        "paper": TYPST_PAPER[paper],
        "heading": names,
        "subtitle": t("Compared on %(day)s") % {"day": t.date(day)},
        "tags": [t("INTERNAL")],
        "region": None,
        "continued": t("%(title)s, continued") % {"title": title},
        "footer": t(wording.DISCLAIMER),
        "page_of": t("{page} of {pages}"),
        "because_label": t("Because of"),
        "why_label": t("Reason for the difference"),
        "why": [{"sentence": one.sentence, "details": list(one.details)} for one in why],
        "marks": t(WHAT_THE_MARKS_SAY),
        "heads": [
            {
                "name": side.customer,
                "about": t("%(day)s, rules %(version)s")
                % {
                    "day": t.date(side.rec.rulebook.as_of),
                    "version": side.rec.rulebook.version,
                },
            }
            for side in sides
        ],
        "sections": [
            {
                "title": section.title,
                "rows": [
                    {
                        "name": row.name,
                        "cells": [
                            {"text": entry.text, "mark": MARKS[entry.mark]} for entry in row.entries
                        ],
                        "because": word_for(t, row.because),
                    }
                    for row in section.rows
                ],
            }
            for section in sections
        ],
    }
