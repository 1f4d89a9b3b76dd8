"""Your customers that would read differently: old verdicts and new ones, customer by customer."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.history.impact import GoalKey, Impact
from nca_wizard.report import wording
from nca_wizard.report.rules_words import BookWords
from nca_wizard.rules.model.answers import Certainty, Verdict
from nca_wizard.texts import Texts
from nca_wizard.ui.growing import GrowingList
from nca_wizard.ui.result_parts import Strong
from nca_wizard.ui.rules_work import Customers
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    Card,
    Label,
    Line,
    LinkButton,
    SecondaryButton,
    Soft,
    Title,
    announce,
)

# A few to begin with: what changed in the rules stands below.
_FIRST = 5
_AT_ONCE = 20


class CustomersCard(Card):
    """How many, how far the computing is, and who. `may_evaluate`: with the rules in use."""

    open_requested = Signal(int)
    evaluate_requested = Signal(object)
    """A `CustomerRow`: evaluate its case again."""
    stop_requested = Signal()

    def __init__(
        self,
        texts: Texts,
        words: BookWords,
        version: str,
        today: date,
        parent: QWidget,
        *,
        may_evaluate: bool,
    ) -> None:
        super().__init__(parent)
        self._t = texts
        self._words = words
        self._may_evaluate = may_evaluate
        self.setAccessibleName(texts("Your customers"))
        self.counted = Title(texts("Your customers"), self)
        self.column.addWidget(self.counted)
        how = texts(
            "The newest evaluation of each customer is held against rules %(version)s, with the "
            "same answers and for today, %(day)s."
        ) % {"version": version, "day": texts.date(today)}
        if may_evaluate:
            unchanged = texts("Nothing in your history changes until you evaluate again.")
            how = f"{how} {unchanged}"
        self.column.addWidget(Soft(how, self))
        self._progress = QHBoxLayout()
        self.progress = Soft(texts("Looking at your customers …"), self, small=True)
        self.stop_button = LinkButton(texts("&Stop"), self.stop_requested.emit, parent=self)
        self._progress.addWidget(self.progress, 1)
        self._progress.addWidget(self.stop_button)
        self.column.addLayout(self._progress)
        self.rows: GrowingList | None = None

    def say_progress(self, looked_at: int, every: int) -> None:
        """How many customers have been looked at so far."""
        self.progress.setText(
            self._t("Looking at your customers: %(number)s of %(every)s")
            % {"number": self._t.number(looked_at), "every": self._t.number(every)}
        )

    def say_fault(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self.stop_button.hide()
        self.progress.setText(sentence)
        announce(self, sentence)

    def show_customers(self, customers: Customers) -> None:
        """Show who would read differently."""
        t = self._t
        self.stop_button.hide()
        self.progress.setVisible(customers.stopped)
        self.progress.setText(
            t("Stopped after %(number)s of %(every)s customers.")
            % {"number": t.number(customers.looked_at), "every": t.number(customers.every)}
        )
        self.counted.setText(count_sentence(t, customers))
        self.setAccessibleName(self.counted.text())
        announce(self, self.counted.text())
        if not customers.impacts:
            return
        by_rules = [impact for impact in customers.impacts if impact.by_rules]
        by_day = [impact for impact in customers.impacts if not impact.by_rules]
        self._list(by_rules)
        if by_day:
            self.column.addSpacing(STEP)
            self.column.addWidget(Strong(_by_day_sentence(t, len(by_day)), self))
            self._list(by_day)

    def _list(self, impacts: Sequence[Impact]) -> None:
        if not impacts:
            return
        rows = GrowingList(
            self._t,
            [self._maker(impact, first=number == 0) for number, impact in enumerate(impacts)],
            _AT_ONCE,
            self._t("Your customers"),
            self,
            first=_FIRST,
        )
        rows.set_spacing(0)
        self.rows = self.rows or rows
        self.column.addWidget(rows)

    def _maker(self, impact: Impact, *, first: bool) -> Callable[[QWidget], QWidget]:
        return lambda parent: CustomerRow(self._t, self._words, impact, self, parent, first=first)

    @property
    def may_evaluate(self) -> bool:
        return self._may_evaluate


class CustomerRow(QWidget):
    """One customer: what the history says, what the new rules say, and what to do about it."""

    def __init__(
        self,
        t: Texts,
        words: BookWords,
        impact: Impact,
        card: CustomersCard,
        parent: QWidget,
        *,
        first: bool,
    ) -> None:
        super().__init__(parent)
        self._t = t
        self.impact = impact
        self.evaluation = impact.outline.id
        """What Open opens: the newest evaluation of the case."""
        outline = impact.outline
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if not first:
            column.addWidget(Line(self))
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(STEP)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(Strong(outline.customer_name, self))
        for line in lines(t, words, impact):
            said.addWidget(Label(line, self))
        self.about = Soft(
            t("Evaluated for %(day)s with rules %(version)s")
            % {"day": t.date(outline.as_of), "version": outline.rulebook_version},
            self,
            small=True,
        )
        said.addWidget(self.about)
        row.addLayout(said, 1)
        self.open_button = LinkButton(
            t("Open"),
            lambda: card.open_requested.emit(self.evaluation),
            t("%(verb)s: %(what)s") % {"verb": t("Open"), "what": outline.customer_name},
            self,
        )
        # Before the new rules are taken, opening a case would leave the question behind.
        self.open_button.setVisible(card.may_evaluate)
        buttons = QHBoxLayout()
        buttons.setSpacing(STEP)
        buttons.addWidget(self.open_button)
        self.again_button = SecondaryButton(
            t("Evaluate again"),
            lambda: card.evaluate_requested.emit(self),
            t("%(verb)s: %(what)s") % {"verb": t("Evaluate again"), "what": outline.customer_name},
            self,
        )
        self.again_button.setVisible(card.may_evaluate)
        buttons.addWidget(self.again_button)
        row.addLayout(buttons)
        row.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)

    def say_evaluated(self, evaluation: int) -> None:
        """The case was evaluated again; both results are in the history."""
        self.evaluation = evaluation
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.again_button.hide()
        sentence = self._t("Evaluated again. The earlier result stays in the history.")
        self.about.setText(sentence)
        announce(self, sentence)


def count_sentence(t: Texts, customers: Customers) -> str:
    """ "7 of your 212 customers would read differently"."""
    if not customers.every:
        return t("There are no customers in your history yet")
    number = sum(impact.by_rules for impact in customers.impacts)
    every = customers.looked_at
    if customers.stopped:
        text = t("%(number)s of the %(every)s customers looked at would read differently")
    elif every == 1 and number:
        text = t("Your one customer would read differently")
    elif every == 1:
        text = t("Your one customer would read the same")
    elif number:
        text = t("%(number)s of your %(every)s customers would read differently")
    else:
        text = t("None of your %(every)s customers would read differently")
    return text % {"number": t.number(number), "every": t.number(every)}


def _by_day_sentence(t: Texts, number: int) -> str:
    return t.plural(
        "%(count)d more reads differently today, with the old rules as well: what holds changed "
        "with the day, not with these rules.",
        "%(count)d more read differently today, with the old rules as well: what holds changed "
        "with the day, not with these rules.",
        number,
    )


def lines(t: Texts, words: BookWords, impact: Impact) -> list[str]:
    """Old verdicts and new ones goal by goal, and the plan where it is another."""
    goals_with: dict[tuple[Verdict | None, Verdict | None], list[GoalKey]] = {}
    for goal, old, new in impact.goals:
        goals_with.setdefault((old, new), []).append(goal)
    products = {product for product, _ in (*impact.outline.verdicts, *impact.reading.verdicts)}
    told = [
        t("%(what)s: %(change)s")
        % {
            "what": _named(t, words, goals, single=len(products) == 1),
            "change": t("%(old)s → %(new)s") % {"old": _verdict(t, old), "new": _verdict(t, new)},
        }
        for (old, new), goals in goals_with.items()
    ]
    if impact.plan_changes:
        told.append(
            t("To do: %(change)s")
            % {
                "change": t("%(old)s → %(new)s")
                % {
                    "old": _plan(t, words, impact.outline.plan),
                    "new": _plan(t, words, impact.reading.plan),
                }
            }
        )
    if impact.forgotten:
        named = t.listing([words.question(question) for question in impact.forgotten])
        told.append(t("The new rules do not know the answers to: %(what)s") % {"what": named})
    return told


def _named(t: Texts, words: BookWords, goals: Sequence[GoalKey], *, single: bool) -> str:
    if single:
        return t.listing([words.metric(metric) for _, metric in goals])
    metrics_of: dict[str, list[str]] = {}
    for product, metric in goals:
        metrics_of.setdefault(product, []).append(words.metric(metric))
    return "; ".join(
        t("%(products)s (%(metrics)s)")
        % {"products": words.product(product), "metrics": t.listing(metrics)}
        for product, metrics in metrics_of.items()
    )


def _verdict(t: Texts, verdict: Verdict | None) -> str:
    return t("not asked") if verdict is None else wording.verdict_word(t, verdict)


def _plan(t: Texts, words: BookWords, plan: Sequence[tuple[str, Certainty]]) -> str:
    if not plan:
        return t("nothing")
    return t.listing(
        [
            words.association(association)
            if certainty == "sure"
            else t("try %(association)s") % {"association": words.association(association)}
            for association, certainty in plan
        ]
    )
