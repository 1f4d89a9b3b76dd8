"""What things are called: products, metrics, associations, verdicts, answers."""

from collections.abc import Iterable, Sequence
from typing import Literal

from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.results import Answered, Goal, Recommendation
from nca_wizard.rules.model.values import Text
from nca_wizard.texts import N_, Texts

Audience = Literal["us", "customer"]

_VERDICT_WORDS: dict[Verdict, str] = {
    "not_covered": N_("not covered"),
    "not_measured": N_("not measured"),
    "automatic": N_("counts by itself"),
    "action_needed": N_("action needed"),
    "not_yet": N_("does not count yet"),
    "unclear": N_("unclear"),
    "no_route": N_("no route"),
    "depends": N_("depends"),
}


def said_to(text: Text, audience: Audience) -> str:
    """The side of `text` meant for this reader, not yet translated."""
    return text.for_us if audience == "us" else text.for_customer


def answer(t: Texts, answered: Answered, audience: Audience = "us") -> str:
    """An answer in words: one choice, several, or one per product."""
    return "; ".join(alike(t, answered, audience))


def alike(t: Texts, answered: Answered, audience: Audience = "us") -> list[str]:
    """The choices of an answer, each with the products for which it was given."""
    products_of: dict[str, list[str]] = {}
    for one in answered.said:
        products = products_of.setdefault(t(said_to(one.text, audience)), [])
        products += [t(one.product)] if one.product else []
    return [
        t("%(answer)s: %(products)s") % {"answer": said, "products": t.listing(products)}
        if products
        else said
        for said, products in products_of.items()
    ]


def verdict_word(t: Texts, verdict: Verdict) -> str:
    """The verdict of one goal as it stands in a table or a list."""
    return t(_VERDICT_WORDS[verdict])


def name(t: Texts, rec: Recommendation, name_of: str) -> str:
    """The name of a product, metric or association."""
    return t(rec.names[name_of])


def named_goals(t: Texts, rec: Recommendation, goals: Iterable[Goal]) -> str:
    """Goals in words: "Usage growth", or "Sales (Usage growth)" where there are more products."""
    return named_pairs(t, rec, [(goal.product, goal.metric) for goal in goals])


def named_pairs(t: Texts, rec: Recommendation, pairs: Sequence[tuple[str, str]]) -> str:
    """(product, metric) pairs in words, products that share their metrics named together."""
    metrics_of: dict[str, list[str]] = {}
    for product, metric in pairs:
        metrics_of.setdefault(product, []).append(metric)
    products_with: dict[tuple[str, ...], list[str]] = {}
    for product, metrics in metrics_of.items():
        products_with.setdefault(tuple(metrics), []).append(product)
    single = len({goal.product for goal in rec.goals}) == 1
    return "; ".join(
        named_metrics(t, rec, metrics) if single else _of_products(t, rec, products, metrics)
        for metrics, products in products_with.items()
    )


def _of_products(
    t: Texts, rec: Recommendation, products: Sequence[str], metrics: Sequence[str]
) -> str:
    named = t.listing([name(t, rec, product) for product in products])
    everything = {goal.metric for goal in rec.goals}
    # What holds for all that was asked for needs no list of it.
    if len(everything) > 1 and set(metrics) == everything:
        return named
    return t("%(products)s (%(metrics)s)") % {
        "products": named,
        "metrics": named_metrics(t, rec, metrics),
    }


def named_metrics(t: Texts, rec: Recommendation, metrics: Iterable[str]) -> str:
    """Metrics in words: "Usage growth and Deployments"."""
    return t.listing([name(t, rec, metric) for metric in metrics])


def association_ids(rec: Recommendation) -> tuple[str, ...]:
    """The six associations in the order they are shown; empty without goals."""
    return tuple(finding.association for finding in rec.goals[0].findings) if rec.goals else ()


def sentences(*parts: str) -> str:
    """Sentences one after the other, what is empty left out."""
    return " ".join(part for part in parts if part)


def quoted(t: Texts, text: str) -> str:
    """A text as somebody said it; what is quoted in it gets the inner marks."""
    outer, inner = t("“%(text)s”"), t("‘%(text)s’")
    nested = text.replace(outer[0], inner[0]).replace(outer[-1], inner[-1])
    return outer % {"text": nested}
