"""The hand-off: what the person who files needs, and nothing that argues for it. Ours alone."""

import re
from collections.abc import Sequence

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.report.page.blocks import (
    LONG,
    Data,
    Length,
    as_for,
    breakable,
    distinct,
    evidence,
    notes,
    numbered_steps,
)
from nca_wizard.report.page.cards import balanced
from nca_wizard.report.timeline import Schedule, stage_lines
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
    blocks = [
        {"kind": "lead", "heading": _heading(t, rec), "detail": ""},
        _fields(t, customer, partner),
        _ticks(t("Check first"), [(one.text.for_us, ()) for one in _checks(rec.cautions)], t),
        _ticks(
            t("Make ready"),
            [
                (one.title.for_us, tuple(step.for_us for step in one.steps))
                for one in rec.preparations
            ],
            t,
        ),
        _cards(t, rec, rec.plan or rec.in_place, length, schedule),
        notes(t, breakable(customer.note) if length in LONG else ""),
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


def _ticks(label: str, items: Sequence[tuple[str, tuple[str, ...]]], t: Texts) -> Data:
    if not items:
        return {}
    lines = [{"text": t(text), "detail": " ".join(map(t, detail))} for text, detail in items]
    return {"kind": "ticks", "label": label, "items": lines}


def _fields(t: Texts, customer: Customer, partner: PartnerProfile) -> Data:
    """What the form asks for; an empty one is a line to write on."""
    ours = partner.partner_ids
    several = len(ours) > 1
    contact = customer.contact
    values = (
        (t("Customer"), breakable(customer.name)),
        (t("Tenant domain"), breakable(customer.domain)),
        (t("Tenant ID"), as_guid(customer.tenant_id)),
        (t("Subscription ID"), as_guid(customer.subscription_id)),
        (t("Customer contact"), _person(contact.name, contact.title, contact.email)),
        (t("Our contact"), _person(partner.name, partner.email, partner.phone)),
        (
            t("Location PartnerID, one of") if several else t("Location PartnerID"),
            "" if several else "".join(ours),
        ),
    )
    return {
        "kind": "fields",
        "items": [{"label": label, "value": value, "choices": []} for label, value in values[:-1]]
        + [
            {
                "label": values[-1][0],
                "value": values[-1][1],
                "choices": list(ours) if several else [],
            }
        ],
    }


def as_guid(text: str) -> str:
    """An ID as portals write it, with its hyphens; any other text stays as it is."""
    found = _GUID.fullmatch(text)
    return "-".join(found.groups()) if found else text


def _person(*parts: str) -> str:
    return breakable(", ".join(part for part in parts if part))


def _cards(
    t: Texts,
    rec: Recommendation,
    actions: Sequence[Action],
    length: Length,
    schedule: Schedule | None,
) -> Data:
    if not actions:
        return {}
    listed: dict[str, int] = {}
    told: dict[tuple[str, tuple[str, ...]], int] = {}
    done: dict[str, int] = {}
    items = []
    for number, action in enumerate(actions, start=1):
        ticks, see = evidence(t, action, number, listed, "us", brief=length != "full")
        what = [
            _row(t("In the portal"), [" / ".join(action.portal_labels)]),
            _row(t("Counts for"), [_covers(t, rec, action)]),
            _row(t("Who"), [t(action.who.for_us)]),
            _row(t("Where"), [_unbroken(action.where)]),
            *_steps(t, action, number, done, length),
        ]
        with_it = [
            _row(t("Have ready"), ticks, kind="ticks"),
            _row("" if ticks else t("Have ready"), [see]),
            *_told_once(
                t,
                number,
                told,
                [
                    _row(
                        t("When"),
                        [
                            {"title": one.title, "days": one.when}
                            for one in stage_lines(t, action.stages, "us", schedule)
                        ],
                        kind="stages",
                    ),
                    _row(t("Verify"), [t(one.for_us) for one in action.verify][: _VERIFY[length]]),
                    _row(t("Often sent back"), _sent_back(t, action) if length == "full" else []),
                ],
            ),
        ]
        items.append(
            {
                "number": str(number),
                "title": t(action.title.for_us),
                "tag": t("worth trying") if action.certainty == "try" else "",
                "sides": balanced([row for row in (*what, *with_it) if row]),
            }
        )
    return {"kind": "cards", "heading": t("What to file"), "items": items}


_VERIFY: dict[Length, int] = {"full": 3, "brief": 1, "essential": 1}


def _covers(t: Texts, rec: Recommendation, action: Action) -> str:
    products = distinct(wording.name(t, rec, product) for product, _ in action.covers)
    metrics = distinct(wording.name(t, rec, metric) for _, metric in action.covers)
    return f"{t.listing(products)}: {t.listing(metrics)}" if action.covers else ""


def _steps(
    t: Texts, action: Action, number: int, done: dict[str, int], length: Length
) -> list[Data]:
    if length == "essential":
        return [_row(t("Do"), [t(action.in_short.for_us)])]
    steps = numbered_steps(t, [t(one.for_us) for one in action.steps], number, done)
    return [
        _row("" if place else t("Do"), [f"{numbers} {text}"])
        for place, (numbers, text) in enumerate(steps)
    ]


def _told_once(
    t: Texts, number: int, told: dict[tuple[str, tuple[str, ...]], int], rows: Sequence[Data]
) -> list[Data]:
    """What reads as in an earlier card is named once."""
    kept = []
    for row in rows:
        if not row:
            continue
        first = told.setdefault((row["label"], tuple(map(str, row["items"]))), number)
        kept.append(row if first == number else _row(row["label"], [as_for(t, first)]))
    return kept


def _sent_back(t: Texts, action: Action) -> list[str]:
    return [t(one.problem.for_us) for one in action.rejections]


def _unbroken(way: str) -> str:
    """A way through menus breaks behind an arrow, never before one."""
    return way.replace(" > ", "\xa0> ")


def _row(label: str, items: Sequence[object], *, kind: str = "text") -> Data:
    items = [item for item in items if item]
    return {"label": label, "kind": kind, "items": items} if items else {}
