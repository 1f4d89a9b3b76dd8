"""Evaluations beside each other as text for a message."""

from collections.abc import Sequence

from nca_wizard.report.compared import MARKS, Section, Side, Why, word_for
from nca_wizard.report.text_lines import Lines
from nca_wizard.texts import Texts


def compared_text(
    t: Texts, sides: Sequence[Side], sections: Sequence[Section], why: Sequence[Why]
) -> str:
    """Row by row, each side by its number."""
    lines = Lines()
    for number, side in enumerate(sides, start=1):
        stamp = side.rec.rulebook
        about = t("%(day)s, rules %(version)s") % {
            "day": t.date(stamp.as_of),
            "version": stamp.version,
        }
        lines.item(f"{side.customer}, {about}", mark=f"{number}.")
    if why:
        lines.heading(t("Reason for the difference"))
    for one in why:
        lines.paragraph(one.sentence)
        for detail in one.details:
            lines.item(detail)
    for section in sections:
        lines.heading(section.title)
        for row in section.rows:
            because = word_for(t, row.because)
            lines.paragraph(f"{row.name} ({because})" if because else row.name)
            for number, entry in enumerate(row.entries, start=1):
                words = entry.text.replace("\n", "; ")
                said = f"{MARKS[entry.mark]} {words}" if entry.mark else words
                lines.item(said, mark=f"{number}.", indent="  ")
    return lines.text()
