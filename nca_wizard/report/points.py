"""What the customer can add to the score, in sentences. Points, never money, and never for the
customer's eyes."""

from dataclasses import dataclass
from typing import cast

from nca_wizard.report import wording
from nca_wizard.rules.model.reasons import Cited
from nca_wizard.rules.model.results import MetricPoints, PlannedFloor, PlannedRate, Recommendation
from nca_wizard.rules.points import Consumption, added, smallest_count
from nca_wizard.texts import N_, Texts

NOT_MONEY = N_(
    "Points are not money: incentive payments are a different matter, of which this app says "
    "nothing."
)

# The tracks are called so in every language.
_TRACKS = {"smb": "SMB", "enterprise": "Enterprise"}


@dataclass(frozen=True, slots=True)
class PointsLine:
    """What one metric brings: its name, the sentences, the first of them, that one without how it
    is counted, where the figures stand."""

    lead: str
    text: str
    at_most: str
    short: str
    cites: tuple[Cited, ...]


def points_lines(t: Texts, rec: Recommendation) -> list[PointsLine]:
    """A line for each metric that was chosen."""
    return [_line(t, rec, one) for one in rec.points]


def _line(t: Texts, rec: Recommendation, points: MetricPoints) -> PointsLine:
    floors = floors_for(rec, points)
    at_most = _at_most(t, points)
    sentences = [at_most]
    if points.rates:
        sentences.append(_reached(t, points, floors) if floors else _weighed(t, points))
    cites = [
        *points.cites,
        *(cited for floor in floors for cited in floor.cites),
        *(cited for rate in points.rates for cited in rate.cites),
    ]
    return PointsLine(
        wording.name(t, rec, points.metric),
        " ".join(sentences),
        at_most,
        _short(t, points),
        tuple(dict.fromkeys(cites)),
    )


def _at_most(t: Texts, points: MetricPoints) -> str:
    found = added(points)
    most = t.number(points.most)
    if found is None:
        return t(
            "no points for a single customer: one for each percent by which the consumption value "
            "of all our customers grows in a year, %(most)s at most."
        ) % {"most": most}
    values = {
        "sure": t.number(found.sure),
        "possible": t.number(found.possible),
        "each": t.number(cast("int", points.each)),
        "most": most,
        "products": t.listing(points.sure),
        "open": t.listing(points.possible),
    }
    if not points.sure and not points.possible:
        return (
            t("no points as things stand (%(each)s for each product, %(most)s at most).") % values
        )
    if not points.possible:
        return (
            t(
                "%(sure)s points at most: %(each)s for each product that counts (%(products)s), "
                "%(most)s over all customers."
            )
            % values
        )
    if not points.sure:
        return (
            t(
                "no points as things stand, %(possible)s at most if what is open turns out well "
                "(%(open)s): %(each)s for each product, %(most)s over all customers."
            )
            % values
        )
    return (
        t(
            "%(sure)s points at most: %(each)s for each product that counts (%(products)s), "
            "%(most)s over all customers. %(possible)s if what is open turns out well (%(open)s)."
        )
        % values
    )


def _short(t: Texts, points: MetricPoints) -> str:
    found = added(points)
    if found is None:
        return t("no points for a single customer: it is counted over all customers")
    if not found.possible:
        return t("no points as things stand")
    values = {"sure": t.number(found.sure), "possible": t.number(found.possible)}
    if found.sure == found.possible:
        return t("%(sure)s points at most") % values
    if not found.sure:
        return (
            t("no points as things stand, %(possible)s at most if what is open turns out well")
            % values
        )
    return t("%(sure)s points at most, %(possible)s if what is open turns out well") % values


def floors_for(rec: Recommendation, points: MetricPoints) -> list[PlannedFloor]:
    """The floor of our track, or those of all tracks while ours is not known."""
    track = rec.answers.get("track")
    return [one for one in points.floors if one.track == track] or list(points.floors)


def _weighed(t: Texts, points: MetricPoints) -> str:
    """The formula, with the rate of each product."""
    return t("Monthly consumption value = active users x rate: %(rates)s.") % {
        "rates": "; ".join(rate_in_words(t, one) for one in points.rates)
    }


def rate_in_words(t: Texts, rate: PlannedRate) -> str:
    """The product and what one active user or profile of it weighs."""
    values = {"workload": rate.workload, "rate": t.number(rate.value)}
    if rate.per == "profile":
        return t("%(workload)s %(rate)s for each profile") % values
    return t("%(workload)s %(rate)s") % values


def _reached(t: Texts, points: MetricPoints, floors: list[PlannedFloor]) -> str:
    """From how many users or profiles on each product counts."""
    return " ".join(
        t(
            "A product counts from a monthly consumption value of %(least)s on (%(track)s): "
            "%(takes)s."
        )
        % {
            "least": t.number(floor.least),
            "track": _TRACKS.get(floor.track, floor.track),
            "takes": "; ".join(_count_in_words(t, one, floor) for one in points.rates),
        }
        for floor in floors
    )


def _count_in_words(t: Texts, rate: PlannedRate, floor: PlannedFloor) -> str:
    values = {
        "workload": rate.workload,
        "count": t.number(smallest_count(rate, floor)),
        "rate": t.number(rate.value),
    }
    if rate.per == "profile":
        return t("%(workload)s %(count)s profiles x %(rate)s") % values
    return t("%(workload)s %(count)s active users x %(rate)s") % values


def calculated(t: Texts, count: int, rate: PlannedRate, found: Consumption) -> str:
    """The calculator's answer: "12 x 200 = 2,400. 13 more reach 5,000."."""
    sum_of_it = t("%(count)s x %(rate)s = %(value)s.") % {
        "count": t.number(count),
        "rate": t.number(rate.value),
        "value": t.number(found.value),
    }
    least = t.number(found.least)
    if found.reaches_the_floor:
        verdict = t("That reaches %(least)s.") % {"least": least}
    else:
        verdict = t("%(missing)s more reach %(least)s.") % {
            "missing": t.number(found.missing),
            "least": least,
        }
    return f"{sum_of_it} {verdict}"
