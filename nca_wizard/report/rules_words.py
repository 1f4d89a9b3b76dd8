"""The names in two rulebooks, and the conditions of their rules, in the reader's words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nca_wizard.rules.axes import question_of
from nca_wizard.rules.boxes import Box
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof_tables import Days
from nca_wizard.texts import Texts

_GOAL_AXES = ("product", "metric", "family")


class BookWords:
    """Names as the newer book has them, or as the older one does where it alone knows them."""

    def __init__(
        self, t: Texts, old: Rulebook, new: Rulebook, families: Mapping[str, Sequence[str]]
    ) -> None:
        self.t = t
        self._families = families
        self._names = {
            (kind, entry.id): entry.name
            for book in (old, new)
            for kind in ("families", "products", "metrics", "associations")
            for entry in getattr(book, kind)
        }
        questions = [*old.questions, *new.questions]
        self._shorts = {question.id: question.short for question in questions}
        self._labels = {
            (question.id, choice.id): choice.label
            for question in questions
            for choice in question.choices
        }

    # --- Names ------------------------------------------------------------------------------

    def association(self, association_id: str) -> str:
        return self._name("associations", association_id)

    def metric(self, metric_id: str) -> str:
        return self._name("metrics", metric_id)

    def product(self, product_id: str) -> str:
        return self._name("products", product_id)

    def family(self, family_id: str) -> str:
        return self._name("families", family_id)

    def question(self, question_id: str) -> str:
        """What the question is called, or its id where no book has it."""
        return self.t(self._shorts.get(question_id, question_id))

    def choice(self, question_id: str, choice_id: str) -> str:
        """The choice as it is offered, in quotation marks."""
        label = self.t(self._labels.get((question_id, choice_id), choice_id))
        # Quotation marks inside quotation marks are hard to read.
        quoted = self.t("“%(choice)s”") % {"choice": label}
        return label if set(quoted) - set(label) == set() else quoted

    def _name(self, kind: str, entry_id: str) -> str:
        return self.t(self._names.get((kind, entry_id), entry_id))

    def products(self, products: Sequence[str]) -> str:
        """Products by name, or by their family where most of it is meant."""
        t = self.t
        words: list[str] = []
        for family, members in self._families.items():
            meant = [product for product in members if product in products]
            others = [product for product in members if product not in products]
            if len(meant) > 1 and len(others) * 2 < len(meant):
                named = t("any product of %(family)s") % {"family": self.family(family)}
                if others:
                    but = t.listing([self.product(product) for product in others])
                    named = t("%(products)s (but %(others)s)") % {"products": named, "others": but}
                words.append(named)
            else:
                words += [self.product(product) for product in meant]
        return t.listing(words, joined_by="or")

    def goals(self, goals: Box) -> str:
        """Products and metrics: "Net customer adds: Sales or any product of Power Platform"."""
        t = self.t
        metrics = goals.get("metric", ())
        named = t.listing([self.metric(metric) for metric in metrics], joined_by="or")
        return t("%(metrics)s: %(products)s") % {
            "metrics": named or t("Any metric"),
            "products": self.products(goals["product"]) if "product" in goals else t("any product"),
        }

    # --- Conditions -------------------------------------------------------------------------

    def condition(self, box: Box) -> str:
        """The box as a clause: "If Channel is “Web Direct”; Cloud is “China”", "" for all."""
        said = self.said(box)
        return self.t("If %(conditions)s") % {"conditions": said} if said else ""

    def said(self, box: Box) -> str:
        """The same without the If."""
        return "; ".join([*self._about(box), *self._asked(box)])

    def _about(self, box: Box) -> Iterator[str]:
        """What is looked at: products or families, and metrics."""
        t = self.t
        metrics = t.listing([self.metric(one) for one in box.get("metric", ())], joined_by="or")
        families = t.listing([self.family(one) for one in box.get("family", ())], joined_by="or")
        what = self.products(box["product"]) if "product" in box else families
        if what and metrics:
            what = t("%(products)s (%(metrics)s)") % {"products": what, "metrics": metrics}
        if what or metrics:
            yield t("it is about %(what)s") % {"what": what or metrics}

    def _asked(self, box: Box) -> Iterator[str]:
        """What is answered, question by question."""
        t = self.t
        told: set[str] = set()
        for axis, choices in box.items():
            question = question_of(axis)
            if axis in _GOAL_AXES or question in told:
                continue
            told.add(question)
            if question == axis:
                yield t("%(question)s is %(choices)s") % {
                    "question": self.question(question),
                    "choices": self._any_of(question, choices),
                }
            else:
                yield self._several(question, box)

    def _several(self, question: str, box: Box) -> str:
        """A question with several choices: which of them are among the answers, which are not."""
        t = self.t
        with_, without = (
            [
                axis.partition(".")[2]
                for axis, choices in box.items()
                if question_of(axis) == question and choices == (said,)
            ]
            for said in ("yes", "no")
        )
        names = [self.choice(question, choice) for choice in with_]
        said = {
            "question": self.question(question),
            "choices": t.listing(names),
            "others": self._any_of(question, without),
        }
        if not without:
            return t("%(question)s includes %(choices)s") % said
        if not with_:
            return t("%(question)s does not include %(others)s") % said
        return t("%(question)s includes %(choices)s, but not %(others)s") % said

    def _any_of(self, question: str, choices: Sequence[str]) -> str:
        names = [self.choice(question, choice) for choice in choices]
        return self.t.listing(names, joined_by="or")

    def days(self, days: Days, compared: Days | None) -> str:
        """On which days, "" where it is all that are compared."""
        t = self.t
        whole = compared or days
        if days == whole:
            return ""
        if days.last == whole.last:
            return t("from %(day)s on") % {"day": t.date(days.first)}
        if days.first == whole.first:
            return t("until %(day)s") % {"day": t.date(days.last)}
        return t("from %(first)s to %(last)s") % {
            "first": t.date(days.first),
            "last": t.date(days.last),
        }

    def listing(self, names: Iterable[str]) -> str:
        """Associations one after the other."""
        return ", ".join(self.association(name) for name in names)
