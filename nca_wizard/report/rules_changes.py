"""What changed between two rulebooks, in sentences for whoever uses them.

changes_in_words(t, comparison, old, new) -> groups of changes, each with its causes
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from nca_wizard.report import wording
from nca_wizard.report.rules_words import BookWords
from nca_wizard.rules.comparison import Comparison, Difference, Entry
from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.book import Impossible, Rulebook
from nca_wizard.rules.model.rules import GuidanceRule, Rule
from nca_wizard.rules.proof import all_rules
from nca_wizard.rules.reasons import Reasons
from nca_wizard.texts import N_, Texts

_VALUES: Mapping[str, Mapping[str, str]] = {
    "occurs": {"possible": N_("can occur"), "impossible": N_("cannot occur")},
    "measured": {"yes": N_("measured"), "no": N_("not measured"), "unclear": N_("unclear")},
    "counts": {
        "yes": N_("counts"),
        "no": N_("does not count"),
        "disputed": N_("disputed"),
        "unclear": N_("unclear"),
    },
    "access": {
        "automatic": N_("automatic"),
        "open": N_("open"),
        "closed": N_("closed"),
        "unclear": N_("unclear"),
    },
    "readiness": {
        "ready": N_("counts at once"),
        "not_yet": N_("does not count yet"),
        "unclear": N_("unclear"),
    },
    "held_up": {
        "yes": N_("cannot be filed before the customer is ready"),
        "no": N_("can be filed before the customer is ready"),
    },
}
_AS_IT_WAS = " as it was"


@dataclass(frozen=True, slots=True)
class Cause:
    """One rule: what it says, where that stands, since when it holds."""

    rule: str
    says: str
    sources: tuple[str, ...]
    days: str


@dataclass(frozen=True, slots=True)
class Told:
    """One change. It holds under each of the `conditions`, always where there is none."""

    change: str
    conditions: tuple[str, ...]
    when: str
    before: tuple[Cause, ...]
    """The rules of the old book behind it, those that only it has first."""
    now: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What changes about one thing: a goal, an association."""

    title: str
    changes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ChangesInWords:
    """`apart` says what only one book knows, `words_only` what is only worded otherwise."""

    groups: tuple[Group, ...]
    apart: tuple[str, ...]
    words_only: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many answers change."""
        return sum(len(group.changes) for group in self.groups)


def changes_in_words(
    t: Texts, comparison: Comparison, old: Rulebook, new: Rulebook
) -> ChangesInWords:
    """The whole comparison: association by association, then goals, then the rest."""
    teller = _Teller(t, comparison, old, new)
    return ChangesInWords(
        groups=tuple(teller.groups()),
        apart=tuple(teller.apart()),
        words_only=tuple(teller.words_only()),
    )


class _Teller:
    """Puts one comparison into words."""

    def __init__(self, t: Texts, comparison: Comparison, old: Rulebook, new: Rulebook) -> None:
        self._t = t
        self._comparison = comparison
        self._books = (old, new)
        self._reasons = (Reasons(old), Reasons(new))
        self._words = BookWords(t, old, new, comparison.products_by_family)

    # --- Groups -----------------------------------------------------------------------------

    def groups(self) -> Iterator[Group]:
        """Groups in the order in which they are shown."""
        found: dict[tuple[int, str], list[Told]] = {}
        # What holds to the end stands before what is over.
        latest = sorted(self._comparison.differences, key=lambda one: one.days.last, reverse=True)
        for difference in latest:
            found.setdefault(self._place(difference), []).append(self._told(difference))
        for place in sorted(found, key=lambda place: place[0]):
            yield Group(place[1], tuple(found[place]))

    def _place(self, difference: Difference) -> tuple[int, str]:
        """A rank and a title."""
        t, words = self._t, self._words
        if difference.goals is not None:
            return 102, words.goals(difference.goals)
        if difference.kind in ("counts", "access", "held_up", "guidance"):
            order = [association.id for association in self._books[1].associations]
            return order.index(difference.subject), words.association(difference.subject)
        return {
            "measured": (100, t("Which products are measured")),
            "readiness": (101, t("When a customer counts")),
            "caution": (103, t("Cautions")),
            "occurs": (104, t("Which answers go together")),
            "try_order": (105, t("What is tried first")),
            "usual": (106, t("What is taken as usual")),
        }[difference.kind]

    def _told(self, difference: Difference) -> Told:
        conditions = [self._words.condition(box) for box in difference.boxes]
        before, now = (
            self._causes(difference, number, names)
            for number, names in enumerate((difference.old_rules, difference.new_rules))
        )
        return Told(
            change=self._change(difference),
            conditions=tuple(condition for condition in conditions if condition),
            when=self._words.days(difference.days, self._comparison.days)
            if difference.kind not in ("try_order", "usual", "occurs")
            else "",
            before=before,
            now=now,
        )

    # --- One change -------------------------------------------------------------------------

    def _change(self, difference: Difference) -> str:
        t, words = self._t, self._words
        kind, subject = difference.kind, difference.subject
        old, new = difference.old, difference.new
        if kind == "guidance":
            return self._guidance(difference)
        if kind == "caution":
            return self._caution(difference)
        if kind == "verdict":
            values = [wording.verdict_word(t, cast("Verdict", value)) for value in (old, new)]
        elif kind == "try_order":
            values = [words.listing(book.try_order) for book in self._books]
        elif kind == "usual":
            values = [self._usual(subject, value) for value in (old, new)]
        else:
            values = [t(_VALUES[kind].get(value, value)) for value in (old, new)]
        change = _arrow(t, values[0], values[1])
        if kind in ("counts", "access", "held_up"):
            return self._about(words.association(subject), change)
        if kind == "readiness":
            return self._about(words.metric(subject), change)
        return change

    def _about(self, what: str, change: str) -> str:
        return self._t("%(what)s: %(change)s") % {"what": what, "change": change}

    def _usual(self, axis: str, choice: str) -> str:
        return self._t("nothing") if choice == "nothing" else self._words.said({axis: (choice,)})

    def _guidance(self, difference: Difference) -> str:
        titles = [
            [
                self._t(rule.title.for_us)
                for rule in self._rules(difference, number, names)
                if isinstance(rule, GuidanceRule)
            ]
            for number, names in enumerate((difference.old_rules, difference.new_rules))
        ]
        before, now = (self._t.listing(named) for named in titles)
        if before != now and before and now:
            return _arrow(self._t, before, now)
        return self._t("What it takes changes: %(what)s") % {"what": now or before}

    def _caution(self, difference: Difference) -> str:
        t = self._t
        name = difference.subject
        number = 0 if name.endswith(_AS_IT_WAS) else 1
        rule = self._one(number, name.removesuffix(_AS_IT_WAS)) or self._one(0, name)
        said = t(rule.because.for_us) if isinstance(rule, Rule) else name
        if difference.old == "not shown":
            return t("Now said: %(caution)s") % {"caution": said}
        if difference.new == "not shown":
            return t("No longer said: %(caution)s") % {"caution": said}
        return t("Said in another way or place: %(caution)s") % {"caution": said}

    # --- Causes -----------------------------------------------------------------------------

    def _causes(
        self, difference: Difference, number: int, names: Iterable[str]
    ) -> tuple[Cause, ...]:
        rules = sorted(self._rules(difference, number, names), key=self._is_in_both)
        return tuple(self._cause(rule, self._reasons[number]) for rule in rules)

    def _rules(
        self, difference: Difference, number: int, names: Iterable[str]
    ) -> list[Rule | Impossible]:
        found = (
            self._impossible(number, name)
            if difference.kind == "occurs"
            else self._one(number, name)
            for name in names
        )
        return [rule for rule in found if rule is not None]

    def _is_in_both(self, rule: Rule | Impossible) -> bool:
        find = self._impossible if isinstance(rule, Impossible) else self._one
        return find(0, rule.id) == find(1, rule.id)

    def _one(self, number: int, name: str) -> Rule | None:
        return next((rule for rule in all_rules(self._books[number]) if rule.id == name), None)

    def _impossible(self, number: int, name: str) -> Impossible | None:
        return next((one for one in self._books[number].impossible if one.id == name), None)

    def _cause(self, rule: Rule | Impossible, reasons: Reasons) -> Cause:
        t = self._t
        if isinstance(rule, Impossible):
            return Cause(rule.id, t(rule.because), (), "")
        days = t("Since %(day)s") % {"day": t.date(rule.effective_from)}
        if rule.effective_until is not None:
            days = t("From %(first)s to %(last)s") % {
                "first": t.date(rule.effective_from),
                "last": t.date(rule.effective_until),
            }
        return Cause(
            rule=rule.id,
            says=t(rule.because.for_us),
            sources=tuple(wording.citation(t, one) for one in reasons.cited(rule.cites)),
            days=days,
        )

    # --- What is no answer of both books -----------------------------------------------------

    def apart(self) -> Iterator[str]:
        """What only one book knows, and what was not compared."""
        t, compared = self._t, self._comparison
        if compared.days is None:
            yield t("The two books have no day in common, so no answer can be compared.")
        if compared.old_days.last != compared.new_days.last:
            yield t("The rules stood until %(old)s and now stand until %(new)s.") % {
                "old": t.date(compared.old_days.last),
                "new": t.date(compared.new_days.last),
            }
        if compared.old_days.first != compared.new_days.first:
            yield t("They began on %(old)s and now begin on %(new)s.") % {
                "old": t.date(compared.old_days.first),
                "new": t.date(compared.new_days.first),
            }
        for added, sentence in ((True, t("New: %(what)s.")), (False, t("Gone: %(what)s."))):
            named = [self._entry(entry) for entry in compared.entries if entry.added == added]
            if named:
                yield sentence % {"what": ", ".join(named)}
        for product, before, after in compared.moved:
            yield t("%(product)s moves from %(old)s to %(new)s.") % {
                "product": self._words.product(product),
                "old": self._words.family(before),
                "new": self._words.family(after),
            }
        if compared.not_compared:
            yield t("Not compared, since the books share no choice of it: %(what)s.") % {
                "what": ", ".join(self._words.question(one) for one in compared.not_compared)
            }

    def _entry(self, entry: Entry) -> str:
        words = self._words
        if entry.what == "choice":
            question, _, choice = entry.id.partition(".")
            return self._about(words.question(question), words.choice(question, choice))
        name = {
            "family": words.family,
            "product": words.product,
            "metric": words.metric,
            "association": words.association,
            "question": words.question,
        }[entry.what]
        return name(entry.id)

    def words_only(self) -> Iterator[str]:
        """In figures what differs and changes no answer."""
        t, notes = self._t, self._comparison.notes
        reworded = len(notes.texts)
        if reworded:
            yield t.plural(
                "%(count)d text is worded otherwise.",
                "%(count)d texts are worded otherwise.",
                reworded,
            )
        if notes.sources:
            yield t.plural(
                "%(count)d rule cites other sources or is to be looked at again on another day.",
                "%(count)d rules cite other sources or are to be looked at again on another day.",
                len(notes.sources),
            )


def _arrow(t: Texts, old: str, new: str) -> str:
    return t("%(old)s → %(new)s") % {"old": old, "new": new}
