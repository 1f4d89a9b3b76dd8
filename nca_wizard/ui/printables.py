"""What a preview can show and bring to paper: a case in its copies, or what was compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from nca_wizard.customer import Customer
from nca_wizard.exchange.file_names import suggested_name
from nca_wizard.report.compared import Section, Side, Why
from nca_wizard.report.document import Document, Press
from nca_wizard.report.page import Copy
from nca_wizard.report.plain import plain_text
from nca_wizard.report.plain_compared import compared_text
from nca_wizard.report.plain_customer import customer_text
from nca_wizard.report.plain_hand_off import hand_off_text
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile, Sheet
from nca_wizard.texts import Texts

PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """One way to put it on paper. `file_name` is what to save it as, `copy_button` what copies
    its text, and `copied` what is said then."""

    id: str
    label: str
    file_name: str
    copy_button: str
    copied: str


class Printable(Protocol):
    """Something with at least one copy; the first is what shows first."""

    @property
    def copies(self) -> Sequence[CopyChoice]: ...

    def document(self, press: Press, copy: str, paper: Sheet) -> Document:
        """The typeset copy with this id."""

    def text(self, copy: str) -> str:
        """What that copy says, to paste into a message."""


@dataclass(frozen=True)
class PrintableCase:
    """A recommendation; in a meeting the customer's copy alone."""

    t: Texts
    customer: Customer
    rec: Recommendation
    partner: PartnerProfile
    schedule: Schedule | None = None
    in_meeting: bool = False

    @property
    def copies(self) -> Sequence[CopyChoice]:
        t = self.t
        customers = CopyChoice(
            "customer",
            t("Customer copy"),
            self._file_name(""),
            t("&Copy customer text"),
            t("The customer copy is copied as text."),
        )
        if self.in_meeting:
            return (customers,)
        internal = CopyChoice(
            "internal",
            t("Internal copy"),
            self._file_name(t("INTERNAL")),
            t("&Copy internal text"),
            t("Copied as text, for internal use only."),
        )
        hand_off = CopyChoice(
            "handoff",
            t("Hand-off"),
            self._file_name(t("hand-off")),
            t("&Copy hand-off text"),
            t("The hand-off is copied as text, for internal use only."),
        )
        return customers, internal, hand_off

    def _file_name(self, kind: str) -> str:
        return suggested_name(self.customer.name, self.rec.rulebook.as_of, PDF, kind=kind)

    def document(self, press: Press, copy: str, paper: Sheet) -> Document:
        return press.document(
            self.t,
            self.rec,
            self.customer,
            self.partner,
            copy=_copy(copy),
            paper=paper,
            schedule=self.schedule,
        )

    def text(self, copy: str) -> str:
        t, rec, customer = self.t, self.rec, self.customer
        match _copy(copy):
            case "internal":
                return plain_text(t, rec, customer=customer.name)
            case "handoff":
                return hand_off_text(t, rec, customer, self.partner, schedule=self.schedule)
            case "customer":
                return customer_text(
                    t, rec, self.partner, customer=customer.name, schedule=self.schedule
                )


def _copy(copy: str) -> Copy:
    known: dict[str, Copy] = {
        "customer": "customer",
        "internal": "internal",
        "handoff": "handoff",
    }
    return known[copy]


@dataclass(frozen=True)
class PrintableComparison:
    """Evaluations beside each other, as they stand on the page; for us alone."""

    t: Texts
    sides: Sequence[Side]
    sections: Sequence[Section]
    why: Sequence[Why]
    day: date

    @property
    def copies(self) -> Sequence[CopyChoice]:
        t = self.t
        names = t.listing(list(dict.fromkeys(side.customer for side in self.sides)))
        return (
            CopyChoice(
                "internal",
                t("Internal copy"),
                suggested_name(names, self.day, PDF, kind=t("compared")),
                t("&Copy text"),
                t("Copied as text, for internal use only."),
            ),
        )

    def document(self, press: Press, copy: str, paper: Sheet) -> Document:
        return press.comparison(
            self.t, self.sides, self.sections, self.why, day=self.day, paper=paper
        )

    def text(self, copy: str) -> str:
        return compared_text(self.t, self.sides, self.sections, self.why)
