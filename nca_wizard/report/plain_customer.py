"""The customer copy as text to paste into a message: the same blocks as on paper, no more.

Made of what the printed copy is made of, so nothing that is ours can slip in.
"""

from collections.abc import Callable, Mapping

from nca_wizard.report.page import Data, customer_blocks, footer
from nca_wizard.report.text_lines import Lines
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts

_INDENT = "   "


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
    for block in customer_blocks(t, rec, partner, schedule):
        write = _WRITERS.get(block["kind"])
        if write:
            write(block, lines)
    lines.blank()
    lines.paragraph(footer(t, rec))
    return lines.text()


def _facts(block: Data, lines: Lines) -> None:
    lines.heading(block["label"])
    for item in block["items"]:
        lines.item(item)


def _lead(block: Data, lines: Lines) -> None:
    lines.heading(block["heading"])
    lines.paragraph(block["detail"])


def _ticks(block: Data, lines: Lines) -> None:
    lines.heading(block["label"])
    for item in block["items"]:
        lines.item(item["text"], mark="[ ]")
        lines.paragraph(item["detail"], first=_INDENT + " ", rest=_INDENT + " ")


def _steps(block: Data, lines: Lines) -> None:
    for row in block["rows"]:
        lines.blank()
        lines.item(row["title"], mark=f"{row['number']}.")
        for text in (*row["tags"], row["who"], *row["why"]):
            lines.paragraph(text, first=_INDENT, rest=_INDENT)
        for step in row["steps"]:
            lines.item(step["text"], mark=step["number"], indent=_INDENT)
        for tick in row["ticks"]:
            lines.item(tick, mark="[ ]", indent=_INDENT)
        lines.paragraph(row["see"], first=_INDENT, rest=_INDENT)


def _questions(block: Data, lines: Lines) -> None:
    for item in block["items"]:
        lines.blank()
        lines.item(item["ask"], mark="?")
        for choice in item["choices"]:
            lines.item(choice, mark="[ ]", indent=_INDENT)


def _lines(block: Data, lines: Lines) -> None:
    lines.heading(block["label"])
    for item in block["items"]:
        lines.item(f"{item['lead']} {item['text']}".strip())


def _timeline(block: Data, lines: Lines) -> None:
    lines.heading(block["label"])
    for lane in block["lanes"]:
        lines.paragraph(lane["label"])
        for stage in lane["stages"]:
            title, days = stage["title"], stage["days"]
            lines.item(f"{title}: {days}" if days else title)


# Lines to write on have no place in a message.
_WRITERS: Mapping[str, Callable[[Data, Lines], None]] = {
    "facts": _facts,
    "lead": _lead,
    "ticks": _ticks,
    "steps": _steps,
    "questions": _questions,
    "lines": _lines,
    "timeline": _timeline,
}
