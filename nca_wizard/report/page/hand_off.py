"""The hand-off: what the person who files needs, and nothing that argues for it. Ours alone."""

import re
from collections.abc import Sequence

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.report.page.blocks import (
    AT_A_GLANCE,
    IN_SHORT,
    Data,
    Length,
    distinct,
    notes,
    sentences,
    timeline,
)
from nca_wizard.report.page.cards import ToldOnce, cards, row
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Action, Caution, Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts

_GUID = re.compile(
    r"([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})", re.IGNORECASE
)


def for_whoever_files(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    partner: PartnerProfile,
    length: Length,
    schedule: Schedule | None,
) -> list[Data]:
    """The blocks of the hand-off at this length."""
    actions = rec.plan or rec.in_place
    blocks = [
        {"kind": "lead", "heading": _heading(t, rec), "detail": ""},
        _fields(t, rec, customer, partner, length),
        _ticks(t("Check first"), [(t(one.text.for_us), "") for one in _checks(rec.cautions)]),
        _ticks(t("Make ready"), _first_things(t, rec)),
        cards(
            t,
            t("What to file"),
            actions,
            lambda action, number, told: _rows(t, rec, action, number, told, length),
        ),
        timeline(t, t("When"), actions, "us", schedule, length=length),
        notes(t, customer.note),
    ]
    return [block for block in blocks if block]


def _heading(t: Texts, rec: Recommendation) -> str:
    if rec.plan:
        return t.plural(
            "To be filed: %(count)d association",
            "To be filed: %(count)d associations",
            len(rec.plan),
        )
    return t("Nothing to file, but to look up") if rec.in_place else t("Nothing to file")


def _checks(cautions: Sequence[Caution]) -> list[Caution]:
    return [one for one in cautions if one.check]


def _ticks(label: str, items: Sequence[tuple[str, str]]) -> Data:
    """Each with its detail; no block without any."""
    lines = [{"text": text, "detail": detail} for text, detail in items]
    return {"kind": "ticks", "label": label, "items": lines} if lines else {}


def _first_things(t: Texts, rec: Recommendation) -> list[tuple[str, str]]:
    return [
        (
            t(one.title.for_us),
            sentences(
                wording.for_products(t, rec, one.goals),
                " ".join(t(step.for_us) for step in one.steps),
            ),
        )
        for one in wording.first_things(rec)
    ]


def _fields(
    t: Texts, rec: Recommendation, customer: Customer, partner: PartnerProfile, length: Length
) -> Data:
    """What the form asks for; an empty one is a line to write on. At a glance without our contact,
    who stands at the head of the page."""
    at_a_glance = length in AT_A_GLANCE
    contact = customer.contact
    items = [
        _field(t("Tenant domain"), customer.domain),
        _field(t("Tenant ID"), as_guid(customer.tenant_id)),
        *_subscriptions(t, rec, as_guid(customer.subscription_id)),
        _field(t("Customer contact"), _person(contact.name, contact.title, contact.email)),
    ]
    our_contact = _person(partner.name, partner.email, partner.phone)
    if not (at_a_glance and our_contact):
        items.append(_field(t("Our contact"), our_contact))
    ours = partner.partner_ids
    if len(ours) > 1:
        items.append(_field(t("Location PartnerID, one of"), "", ours))
    else:
        items.append(_field(t("Location PartnerID"), "".join(ours)))
    # A third of the page is too narrow for an ID.
    narrow = at_a_glance and not any(item["value"] for item in items)
    return {"kind": "fields", "items": items, "abreast": 3 if narrow else 2}


def _field(label: str, value: str, choices: Sequence[str] = ()) -> Data:
    return {"label": label, "value": value, "choices": list(choices)}


def _subscriptions(t: Texts, rec: Recommendation, noted: str) -> list[Data]:
    """The ID that was noted, and a line for each product where each is bought in its own way."""
    products = distinct(product for action in rec.plan for product, _ in action.covers)
    if "channel_by_product" not in rec.answers or len(products) < 2:
        return [_field(t("Subscription ID"), noted)]
    lines = [
        _field(t("Subscription ID of %(product)s") % {"product": wording.name(t, rec, one)}, "")
        for one in products
    ]
    return [_field(t("Subscription ID"), noted), *lines] if noted else lines


def as_guid(text: str) -> str:
    """An ID as portals write it, with its hyphens; any other text stays as it is."""
    found = _GUID.fullmatch(text)
    return "-".join(found.groups()) if found else text


def _person(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _rows(
    t: Texts, rec: Recommendation, action: Action, number: int, told: ToldOnce, length: Length
) -> list[Data]:
    full, in_short = length == "full", length in IN_SHORT
    steps = told.steps(action, number)
    told_where = any(action.where in one["text"] for one in steps.get("items", ()))
    return [
        row(t("In the portal"), [" / ".join(action.portal_labels)]),
        row(t("Counts for"), [_covers(t, rec, action)]),
        row(t("Who"), [t(action.who.for_us)] if full else []),
        row(t("Where"), [_unbroken(action.where)] if in_short or not told_where else []),
        row(t("Do"), [t(action.in_short.for_us)]) if in_short else steps,
        *(
            [told.evidence_in_a_line(action, number)]
            if length in AT_A_GLANCE
            else told.evidence(action, number, with_notes=full)
        ),
        row(t("Verify"), [t(one.for_us) for one in action.verify][: _VERIFY.get(length, 0)]),
        row(
            t("Often sent back"),
            [t(one.problem.for_us) for one in action.rejections] if full else [],
        ),
    ]


_VERIFY: dict[Length, int] = {"full": 3, "brief": 1}


def _covers(t: Texts, rec: Recommendation, action: Action) -> str:
    products = distinct(wording.name(t, rec, product) for product, _ in action.covers)
    metrics = distinct(wording.name(t, rec, metric) for _, metric in action.covers)
    return f"{t.listing(products)}: {t.listing(metrics)}" if action.covers else ""


def _unbroken(way: str) -> str:
    """A way through menus breaks behind an arrow, never before one."""
    return way.replace(" > ", "\xa0> ")
