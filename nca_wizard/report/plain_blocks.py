"""The blocks of a sheet as text to paste into a message, in the order of the sheet."""

from collections.abc import Callable, Iterable, Mapping

from nca_wizard.report.page import Data
from nca_wizard.report.text_lines import Lines

_INDENT = "   "


def write_blocks(blocks: Iterable[Data], lines: Lines) -> None:
    """Write what customer copy and hand-off consist of."""
    for block in blocks:
        _WRITERS[block["kind"]](block, lines)


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


def _fields(block: Data, lines: Lines) -> None:
    lines.blank()
    for item in block["items"]:
        said = item["value"] or " / ".join(item["choices"])
        lines.paragraph(f"{item['label']}: {said}".rstrip(), rest=_INDENT)


def _cards(block: Data, lines: Lines) -> None:
    lines.heading(block["heading"])
    for item in block["items"]:
        lines.blank()
        title = f"{item['title']} ({item['tag']})" if item["tag"] else item["title"]
        lines.item(title, mark=f"{item['number']}.")
        for row in item["rows"]:
            _card_row(row, lines)


def _card_row(row: Data, lines: Lines) -> None:
    if row["kind"] == "text":
        said = f"{row['label']}: {' '.join(row['items'])}" if row["label"] else row["items"][0]
        lines.paragraph(said, first=_INDENT, rest=_INDENT)
        return
    lines.paragraph(f"{row['label']}:", first=_INDENT)
    for item in row["items"]:
        if row["kind"] == "steps":
            lines.item(item["text"], mark=item["number"], indent=_INDENT)
        else:
            lines.item(item, mark="[ ]" if row["kind"].startswith("ticks") else "-", indent=_INDENT)


def _notes(block: Data, lines: Lines) -> None:
    # Lines to write on have no place in a message.
    if block["text"]:
        lines.heading(block["label"])
        lines.paragraph(block["text"])


_WRITERS: Mapping[str, Callable[[Data, Lines], None]] = {
    "facts": _facts,
    "lead": _lead,
    "ticks": _ticks,
    "steps": _steps,
    "questions": _questions,
    "lines": _lines,
    "timeline": _timeline,
    "fields": _fields,
    "cards": _cards,
    "notes": _notes,
}
