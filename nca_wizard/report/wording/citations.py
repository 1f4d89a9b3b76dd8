"""Where a statement stands, and whose word all of it is."""

import re
from collections.abc import Iterable, Sequence

from nca_wizard.rules.model.answers import Weight
from nca_wizard.rules.model.reasons import Cited
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.texts import N_, Texts

DISCLAIMER = N_(
    "Guidance from the rules in this app. Microsoft decides on each claim. "
    "Independent tool, not affiliated with Microsoft."
)
TRADEMARKS = N_("Microsoft, Dynamics 365 and Power Platform are trademarks of Microsoft.")

_WEIGHT_WORDS: dict[Weight, str] = {
    "stated": N_("stated"),
    "inferred": N_("inferred"),
    "disputed": N_("disputed"),
}


_FILE_NAME = re.compile(r" \([\w.-]+\.(md|html?|pdf)\)$")


def weight_word(t: Texts, weight: Weight) -> str:
    """How firmly a source says it: stated, inferred or disputed."""
    return t(_WEIGHT_WORDS[weight])


def source_title(cited: Cited) -> str:
    """The title as a reader finds it, without the name of a file that only its repository knows."""
    return _FILE_NAME.sub("", cited.title)


def citation(t: Texts, cited: Cited) -> str:
    """Where a statement stands: title, publisher, passage, day of the text, weight."""
    return t("%(title)s (%(publisher)s), %(passage)s, %(date)s, %(weight)s") % {
        "title": source_title(cited),
        "publisher": cited.publisher,
        "passage": cited.passage.rstrip("."),
        "date": _dated(t, cited),
        "weight": weight_word(t, cited.weight),
    }


def by_source(t: Texts, cites: Iterable[Cited]) -> tuple[tuple[Cited, str], ...]:
    """Each source once, with every passage of it that is cited and how firmly each says it."""
    cited_of: dict[str, list[Cited]] = {}
    for cited in dict.fromkeys(cites):
        cited_of.setdefault(cited.source, []).append(cited)
    return tuple((some[0], _together(t, some)) for some in cited_of.values())


def _together(t: Texts, some: Sequence[Cited]) -> str:
    if len(some) == 1:
        return citation(t, some[0])
    passages: dict[Weight, list[str]] = {}
    for cited in some:
        passages.setdefault(cited.weight, []).append(cited.passage.rstrip("."))
    return t("%(title)s (%(publisher)s), %(date)s: %(passages)s") % {
        "title": source_title(some[0]),
        "publisher": some[0].publisher,
        "date": _dated(t, some[0]),
        "passages": "; ".join(
            t("%(passages)s (%(weight)s)")
            % {"passages": "; ".join(dict.fromkeys(told)), "weight": weight_word(t, weight)}
            for weight, told in passages.items()
        ),
    }


def source_line(t: Texts, cited: Cited, *, with_note: bool = True) -> str:
    """A citation without its passage, for a list where room is short."""
    return t("%(title)s, %(publisher)s, %(date)s, %(weight)s") % {
        "title": source_title(cited),
        "publisher": cited.publisher,
        "date": _dated(t, cited) if with_note else t.date(cited.dated),
        "weight": weight_word(t, cited.weight),
    }


def _dated(t: Texts, cited: Cited) -> str:
    if not cited.date_note:
        return t.date(cited.dated)
    return f"{t.date(cited.dated)} ({t(cited.date_note)})"


def sources(rec: Recommendation) -> tuple[Cited, ...]:
    """Every source the result rests on, once, in the order it is first needed."""
    reasons = [
        *(reason for action in (*rec.plan, *rec.in_place) for reason in action.reasons),
        *(reason for goal in rec.goals for reason in goal.reasons),
        *(one.reason for one in rec.preparations),
        *(reason for goal in rec.goals for found in goal.findings for reason in found.reasons),
    ]
    cites = [
        *(cited for action in (*rec.plan, *rec.in_place) for cited in action.cites),
        *(cited for reason in reasons for cited in reason.cites),
        *(cited for caution in rec.cautions for cited in caution.cites),
    ]
    first: dict[str, Cited] = {}
    for cited in cites:
        first.setdefault(cited.source, cited)
    return tuple(first.values())


def review_due(t: Texts, cited: Cited) -> str:
    """Says that a source used here was to be looked at again by now."""
    return t("Due for another look: %(source)s.") % {"source": source_line(t, cited)}


def rules_line(t: Texts, rec: Recommendation) -> str:
    """Which rules, checked when: "Rules 2026.11, checked 3 Nov 2026"."""
    return t("Rules %(version)s, checked %(date)s") % {
        "version": rec.rulebook.version,
        "date": t.date(rec.rulebook.checked_on),
    }
