"""The printed page as a file: typst sets the template with the data of `page`.

press = Press(resources())
document = press.document(t, rec, customer, partner, copy="customer", paper="a4")
document.pdf, document.pages_png(144), document.pages_svg()
save(document, path)
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import typst

from nca_wizard.customer import Customer
from nca_wizard.files import write_new
from nca_wizard.report.compared import Section, Side, Why
from nca_wizard.report.page import Copy, page
from nca_wizard.report.page.comparison import comparison_page
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile, Sheet
from nca_wizard.texts import N_, Texts

# Made for screen readers: tagged, titled, every letter with its meaning.
_ACCESSIBLE = ("ua-1",)

UNTAGGED = N_(
    "Some characters on this page have no font here or no common meaning, so the file does not "
    "carry the mark for screen readers (PDF/UA). It reads and prints as shown."
)
# Characters that every font may draw as it likes; ours has ornaments for them.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


class Press:
    """Typesets documents. Lives on because reading the system's fonts takes a quarter second."""

    def __init__(self, resources: Path, *, system_fonts: bool = True) -> None:
        """Without `system_fonts` only the bundled ones, as where the system has none of use."""
        self._system_fonts = system_fonts
        self._templates = resources / "documents"
        self._font_folder = resources / "fonts"

    @cached_property
    def _fonts(self) -> typst.Fonts:
        # The system's fonts serve the scripts that are not bundled, such as Japanese.
        return typst.Fonts(
            include_system_fonts=self._system_fonts,
            include_embedded_fonts=False,
            font_paths=[self._font_folder],
        )

    def document(
        self,
        t: Texts,
        rec: Recommendation,
        customer: Customer,
        partner: PartnerProfile,
        *,
        copy: Copy,
        paper: Sheet,
        sample: bool = False,
        schedule: Schedule | None = None,
    ) -> "Document":
        """Set the page for this recommendation, with days if it is to start on one.

        Takes 0.1 to 0.4 seconds: what fits is found by setting it four to ten times.
        """
        data = page(
            t, rec, customer, partner, copy=copy, paper=paper, sample=sample, schedule=schedule
        )
        return self._document("summary", data, t)

    def comparison(
        self,
        t: Texts,
        sides: Sequence[Side],
        sections: Sequence[Section],
        why: Sequence[Why],
        *,
        day: date,
        paper: Sheet,
    ) -> "Document":
        """Set the page of evaluations beside each other; `day` is when they were compared."""
        data = comparison_page(t, sides, sections, why, day=day, paper=paper)
        return self._document("comparison", data, t)

    def _document(self, template: str, data: dict[str, Any], t: Texts) -> "Document":
        text = _as_json(data)
        compiler = self._compiler(template, text)
        return Document(compiler, data["title"], t, can_be_read=not _PRIVATE.search(text))

    def _compiler(self, template: str, text: str) -> typst.Compiler:
        return typst.Compiler(
            str(self._templates / f"{template}.typ"),
            font_paths=self._fonts,
            sys_inputs={"data": text},
        )


def _as_json(data: dict[str, Any]) -> str:
    # A lone surrogate cannot be written as UTF-8, and typst refuses it escaped.
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


class Document:
    """One typeset document. Pages for preview and printer are made when asked for."""

    def __init__(
        self, compiler: typst.Compiler, title: str, t: Texts, *, can_be_read: bool
    ) -> None:
        self._compiler = compiler
        self.title = title
        self.notice = ""
        pdf = self._accessible() if can_be_read else None
        if pdf is None:
            pdf = self._set()
            self.notice = t(UNTAGGED)
        self.pdf: bytes = pdf

    def _accessible(self) -> bytes | None:
        try:
            return self._set(pdf_standards=list(_ACCESSIBLE))
        except typst.TypstError:
            # A customer's name must never stop a print.
            return None

    def pages_png(self, ppi: float) -> list[bytes]:
        """One image per page."""
        return _as_pages(self._compiler.compile(format="png", ppi=ppi))

    def pages_svg(self) -> list[bytes]:
        """One drawing per page; uses nothing that QtSvg cannot draw."""
        return _as_pages(self._compiler.compile(format="svg"))

    def _set(self, **options: Any) -> bytes:
        return b"".join(_as_pages(self._compiler.compile(format="pdf", **options)))


def _as_pages(compiled: bytes | list[bytes] | None) -> list[bytes]:
    if compiled is None:
        raise AssertionError("typst returns nothing only when it was told to write a file")
    return compiled if isinstance(compiled, list) else [compiled]


def save(document: Document, path: Path, *, overwrite: bool = False) -> None:
    """Write the PDF whole or not at all. Raises CannotWrite, also if `path` is there already."""
    write_new(path, document.pdf, overwrite=overwrite)
