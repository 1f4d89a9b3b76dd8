"""The hand-off as text to paste into a message to the person who files: what the sheet says."""

from nca_wizard.customer import Customer
from nca_wizard.report.page import footer, hand_off_blocks
from nca_wizard.report.plain_blocks import write_blocks
from nca_wizard.report.text_lines import Lines
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts


def hand_off_text(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    partner: PartnerProfile,
    *,
    schedule: Schedule | None = None,
) -> str:
    """What the hand-off says, no line longer than `WIDTH` unless a single word is."""
    lines = Lines()
    lines.paragraph(
        t("%(customer)s, %(day)s") % {"customer": customer.name, "day": t.date(rec.rulebook.as_of)}
    )
    write_blocks(hand_off_blocks(t, rec, customer, partner, schedule), lines)
    lines.blank()
    lines.paragraph(footer(t, rec))
    return lines.text()
