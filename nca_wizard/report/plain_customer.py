"""The customer copy as text to paste into a message: the same blocks as on paper, no more.

Made of what the printed copy is made of, so nothing that is ours can slip in.
"""

from nca_wizard.report.page import customer_blocks, footer
from nca_wizard.report.plain_blocks import write_blocks
from nca_wizard.report.text_lines import Lines
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts


def customer_text(
    t: Texts,
    rec: Recommendation,
    partner: PartnerProfile,
    *,
    customer: str = "",
    schedule: Schedule | None = None,
) -> str:
    """What the customer copy says, no line longer than `WIDTH` unless a single word is."""
    lines = Lines()
    day = t.date(rec.rulebook.as_of)
    lines.paragraph(f"{customer}, {day}" if customer else day)
    who = ", ".join(part for part in (partner.name, partner.company) if part)
    if who:
        lines.paragraph(t("Prepared by %(who)s") % {"who": who})
    write_blocks(customer_blocks(t, rec, partner, schedule), lines)
    lines.blank()
    lines.paragraph(footer(t, rec))
    return lines.text()
