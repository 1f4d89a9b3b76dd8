"""The messages about one action, filled in with the case: to the customer, to whoever files, to
Microsoft's partner support.

    for letter in letters(t, rec, action, customer, partner): letter.subject, letter.body
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.report.page.hand_off import as_guid
from nca_wizard.report.timeline import Schedule, stage_lines
from nca_wizard.rules.letters import LISTS, PLACE
from nca_wizard.rules.model.answers import LetterTo
from nca_wizard.rules.model.results import Action, PlannedLetter, Recommendation
from nca_wizard.rules.model.values import Text
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import N_, Texts

FILL_IN = N_("(please fill in)")
PASTE_IN = N_("(The text of this letter is on the clipboard: paste it in here.)")
LONGEST_MAILTO = 2000
"""Characters of an address that every mail program and Windows itself still take."""

_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """One message. `address` is "" where nobody knows one; `body` ends without a line end."""

    id: str
    to: LetterTo
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Mailto:
    """An address that opens the mail program. Not `whole`: the text was too long, and has to be
    pasted in."""

    url: str
    whole: bool


def letters(
    t: Texts,
    rec: Recommendation,
    action: Action,
    customer: Customer,
    partner: PartnerProfile,
    schedule: Schedule | None = None,
) -> list[FilledLetter]:
    """Those that the rulebook has for this action."""
    return [
        _filled(t, letter, _Case(t, rec, action, customer, partner, letter.to, schedule))
        for letter in action.letters
    ]


def mailto(t: Texts, letter: FilledLetter) -> Mailto:
    """The letter for the mail program; where all of it would be too long, a sentence instead that
    asks for its text."""
    head = f"mailto:{quote(letter.address, safe='@')}?subject={quote(letter.subject, safe='')}"
    body = quote(letter.body.replace("\n", "\r\n"), safe="")
    whole = f"{head}&body={body}"
    if len(whole) <= LONGEST_MAILTO:
        return Mailto(whole, True)
    return Mailto(f"{head}&body={quote(t(PASTE_IN), safe='')}", False)


class _Case:
    """What stands in for the places of a template."""

    def __init__(
        self,
        t: Texts,
        rec: Recommendation,
        action: Action,
        customer: Customer,
        partner: PartnerProfile,
        to: LetterTo,
        schedule: Schedule | None,
    ) -> None:
        audience: wording.Audience = "customer" if to == "customer" else "us"

        def said(text: Text) -> str:
            return t(wording.said_to(text, audience))

        products = dict.fromkeys(product for product, _ in action.covers)
        metrics = dict.fromkeys(metric for _, metric in action.covers)
        contact = customer.contact
        self.values: Mapping[str, str] = {
            "greeting": _greeting(t, contact.name),
            "customer": customer.name,
            "domain": customer.domain or t(FILL_IN),
            "tenant_id": as_guid(customer.tenant_id) or t(FILL_IN),
            "subscription_id": as_guid(customer.subscription_id) or t(FILL_IN),
            "contact": _joined(contact.name, contact.title, contact.email) or t(FILL_IN),
            "partner_id": t.listing(partner.partner_ids, joined_by="or") or t(FILL_IN),
            "products": t.listing([wording.name(t, rec, one) for one in products]),
            "metrics": t.listing([wording.name(t, rec, one) for one in metrics]),
            "association": wording.name(t, rec, action.association),
            "title": said(action.title),
            "who": said(action.who),
            "where": action.where,
            "label": " / ".join(action.portal_labels),
            "follows": "; ".join(
                f"{one.title} ({one.when})" if one.when else one.title
                for one in stage_lines(t, action.stages, audience, schedule)
            ),
            "ends": said(action.ends),
            "fill_in": t(FILL_IN),
            "sources": "; ".join(
                dict.fromkeys(
                    f"{wording.source_title(cited)} ({cited.publisher}, {t.date(cited.dated)})"
                    for reason in action.reasons
                    for cited in reason.cites
                )
            ),
            "signature": "\n".join(
                one for one in (partner.name, partner.company, partner.phone, partner.email) if one
            ),
        }
        self.lists: Mapping[str, Sequence[str]] = {
            "steps": [f"{n}. {said(step)}" for n, step in enumerate(action.steps, start=1)],
            "evidence": [
                f"- {_thing(said(one.label), said(one.note) if one.note else '', to)}"
                for one in action.evidence
                if to != "customer" or not one.ours
            ],
            "verify": [f"- {said(one)}" for one in action.verify],
        }
        self.address = contact.email if to == "customer" else ""


def _thing(label: str, note: str, to: LetterTo) -> str:
    """What to have ready; what it must look like is nothing to tell Microsoft."""
    return f"{label} ({note.rstrip('.')})" if note and to != "support" else label


def _greeting(t: Texts, name: str) -> str:
    return t("Dear %(name)s,") % {"name": name} if name else t("Hello,")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _filled(t: Texts, letter: PlannedLetter, case: _Case) -> FilledLetter:
    paragraphs = [_paragraph(t(one), case) for one in letter.paragraphs]
    return FilledLetter(
        id=letter.id,
        to=letter.to,
        address=case.address,
        subject=_paragraph(t(letter.subject), case),
        body=_body(paragraphs, close=letter.to != "customer"),
    )


def _paragraph(template: str, case: _Case) -> str:
    """The paragraph; "" if nothing could be filled into it."""
    places = PLACE.findall(template)
    if len(places) == 1 and places[0] in LISTS:
        return "\n".join(case.lists[places[0]])
    if places and not any(case.values[one] for one in places):
        return ""
    return PLACE.sub(lambda place: case.values[place[1]], template)


def _body(paragraphs: Sequence[str], *, close: bool) -> str:
    """One text; with `close` there is no blank line between lines such as "Tenant ID: 72f9..."."""
    body = ""
    for text, following in zip(paragraphs, (*paragraphs[1:], "-"), strict=True):
        # What announces a list goes with it.
        if not text or (text.endswith(":") and not following):
            continue
        together = close and _is_a_line(text) and _is_a_line(body.rpartition("\n")[2])
        body += ("\n" if together else "\n\n" if body else "") + text
    return body


def _is_a_line(text: str) -> bool:
    label, _, value = text.partition(": ")
    return bool(value) and len(label) <= _LONGEST_LABEL
