"""Scenario in, frozen recommendation out: verdicts, plan, reasons, all that is shown with them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from nca_wizard.rules.axes import is_known, question_of, still_possible
from nca_wizard.rules.evaluation import GoalState
from nca_wizard.rules.explanation import changes, open_questions
from nca_wizard.rules.forcing import forcing_sets
from nca_wizard.rules.impossible import refuse_impossible
from nca_wizard.rules.interview import said
from nca_wizard.rules.judging import Judgement, judge
from nca_wizard.rules.lookup import GoalKey
from nca_wizard.rules.model.answers import DEPENDS, Access, Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.reasons import Cited, Reason
from nca_wizard.rules.model.results import (
    Action,
    Alternative,
    Caution,
    Finding,
    Goal,
    OpenQuestion,
    Preparation,
    Recommendation,
    Stamp,
)
from nca_wizard.rules.model.rules import CautionRule, GuidanceRule, ReadinessRule, Rule
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.planned_actions import (
    condition_of,
    follow_ups_of,
    letters_of,
    stages_of,
)
from nca_wizard.rules.planning import Cover, PlannedAction
from nca_wizard.rules.points import points_of
from nca_wizard.rules.reasons import Reasons
from nca_wizard.rules.situation import ACCESS_VALUES
from nca_wizard.rules.uncertainty import best_first, with_what_stays_possible
from nca_wizard.rules.verdict_space import AllDays
from nca_wizard.rules.ways import ways
from nca_wizard.rules.why_not import WhyNots

_FORCING_SETS_TOLD = 6


def recommend(rulebook: Rulebook, scenario: Scenario) -> Recommendation:
    """What to do for this scenario, why, with which evidence, and what does not work.

    Raises BadInput where its answers cannot occur together.
    """
    return Recommender(AllDays(rulebook), Reasons(rulebook), scenario).recommendation()


class Recommender:
    """Puts words to one judgement. Raises BadInput where the answers cannot occur together.

    Without `explained` it says what is so, and leaves for later what another answer would change.
    """

    def __init__(
        self, days: AllDays, reasons: Reasons, scenario: Scenario, *, explained: bool = True
    ) -> None:
        self._explained = explained
        self.rulebook = days.rulebook
        self.answers: Answers = scenario.answers
        self.day: date = scenario.as_of
        self._days = days
        self._whole = days.on(scenario.as_of)
        self._reasons = reasons
        self.goals = self._whole.goals
        refuse_impossible(self.rulebook, scenario.answers)
        self.judgement: Judgement = judge(self.goals, scenario.answers)
        self.states = self.judgement.states
        self._why_not = WhyNots(self.goals, scenario.answers)
        # A rule of access may have the id of one of guidance.
        self._used: dict[tuple[type[Rule], str], Rule] = {}
        self._findings: dict[tuple[int, str, bool], Finding] = {}
        self._forced_by: dict[int, tuple[tuple[str, ...], ...]] = {}
        self._still_possible: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def recommendation(self) -> Recommendation:
        plan = self.judgement.plan
        goals = tuple(self._goal(state) for state in self.states)
        forced_by = {question for goal in goals for each in goal.forced_by for question in each}
        found_ways, how_many_ways = (
            ways(self._days, self.day, self.answers, self.states) if self._explained else ((), 0)
        )
        cautions = self._cautions()
        actions = tuple(
            self._action(
                planned.guidance,
                planned.association,
                planned.covers,
                planned=planned,
                cautions=cautions,
            )
            for planned in plan.actions
        )
        return Recommendation(
            rulebook=Stamp(
                version=self.rulebook.version,
                as_of=self.day,
                checked_on=self.rulebook.checked_on,
                hash=self.rulebook.hash,
            ),
            answers=self.answers,
            said=said(self.rulebook, self.answers),
            names=self._names(),
            goals=goals,
            preparations=self._preparations(),
            plan=actions,
            in_place=self._in_place(cautions),
            alternatives=tuple(self._alternative(way) for way in plan.alternatives),
            cautions=cautions,
            open_questions=self._open_questions(),
            would_change=changes(self.goals, self.answers) if self._explained else (),
            reviews_due=self._reviews_due(),
            why_not=self._why_not.told,
            rule_texts=self._why_not.rule_texts,
            asked=self._why_not.asked(forced_by),
            ways=found_ways,
            ways_found=how_many_ways,
            points=points_of(self.rulebook, goals, self.day, self._reasons),
            explained=self._explained,
        )

    def _open_questions(self) -> tuple[OpenQuestion, ...]:
        found = open_questions(self.goals, self.answers, explained=self._explained)
        if not self._explained:
            return found
        return with_what_stays_possible(self.goals, self._whole, self.answers, self.states, found)

    # --- goals

    def _goal(self, state: GoalState) -> Goal:
        # Goals that are alike share all but their names; the states keep what tells them alike.
        alike = id(state.alike)
        if alike not in self._forced_by:
            self._forced_by[alike] = (
                forcing_sets(self._whole, self.answers, state) if self._explained else ()
            )
        forced_by = self._forced_by[alike]
        return Goal(
            product=state.product,
            metric=state.metric,
            verdict=state.verdict,
            workload=state.measured.workload if state.measured else "",
            reasons=self._goal_reasons(state),
            findings=tuple(self._finding(state, a.id) for a in self.rulebook.associations),
            could_be=best_first(state.verdicts()),
            forced_by=forced_by[:_FORCING_SETS_TOLD],
            forced_by_sets=len(forced_by),
            why_not=self._why_not.listed(state) if self._explained else (),
        )

    def _goal_reasons(self, state: GoalState) -> tuple[Reason, ...]:
        if state.measured is None:
            return (
                Reason(
                    rule="not-covered",
                    text=self.rulebook.not_covered,
                    questions=(),
                    cites=(),
                ),
            )
        return (
            self._reason(state.measured, ("products",)),
            *(self._reason(rule) for rule in self._blocking(state)),
        )

    def _blocking(self, state: GoalState) -> tuple[ReadinessRule, ...]:
        """The readiness rules that stand in every completion, if readiness matters at all."""
        if not {"automatic", "action_needed"} & set(state.base_verdicts()):
            return ()
        situation = state.situation
        return tuple(
            rule
            for rule, bits in situation.readiness_standing
            if state.metric in rule.metric and bits == situation.readiness_space.full
        )

    def _finding(self, state: GoalState, association: str) -> Finding:
        goal = (state.product, state.metric)
        recommended = any(
            action.association == association and goal in action.covers
            for action in self.judgement.plan.actions
        )
        key = (id(state.alike), association, recommended)
        if key not in self._findings:
            self._findings[key] = self._found(state, association, recommended=recommended)
        return self._findings[key]

    def _found(self, state: GoalState, association: str, *, recommended: bool) -> Finding:
        if state.measured is None:
            not_covered = self._goal_reasons(state)
            return Finding(
                association=association,
                counts="unclear",
                access="unclear",
                recommended=False,
                reasons=not_covered,
            )
        counts = state.credit[association][0].counts
        situation = state.situation
        values: list[Access] = [
            value for value in ACCESS_VALUES if situation.access(association, value)
        ]
        access_reasons = [
            self._reason(rule)
            for rule, bits in situation.access_standing[association]
            if bits & situation.possible
        ]
        credit_reasons = [
            self._reason(rule, ("products", "metrics")) for rule in state.credit[association]
        ]
        # Only what decides: what does not count need not be had, what is closed cannot count.
        if counts == "no":
            deciding = credit_reasons
        elif values == ["closed"]:
            deciding = access_reasons
        elif counts == "yes":
            deciding = [*access_reasons, *credit_reasons]
        else:
            deciding = [*credit_reasons, *access_reasons]
        return Finding(
            association=association,
            counts=counts,
            access=values[0] if len(values) == 1 else DEPENDS,
            recommended=recommended,
            reasons=tuple(deciding),
            why_not=self._why_not.places(state, association) if self._explained else (),
        )

    # --- actions

    def _action(
        self,
        guidance: GuidanceRule,
        association: str,
        covers: Sequence[GoalKey],
        *,
        planned: PlannedAction | None,
        cautions: Iterable[Caution],
    ) -> Action:
        self._uses(guidance)
        covered = tuple(
            (state.product, state.metric)
            for state in self.states
            if (state.product, state.metric) in covers
        )
        reasons: dict[str, Reason] = {}
        for state in self.states:
            if (state.product, state.metric) in covered:
                for reason in self._finding(state, association).reasons:
                    reasons.setdefault(reason.rule, reason)
        return Action(
            guidance=guidance.id,
            association=association,
            certainty=planned.certainty if planned else "sure",
            condition=(
                condition_of(
                    self.rulebook,
                    [one for one in self.states if (one.product, one.metric) in covered],
                )
                if planned and planned.as_usual
                else ()
            ),
            covers=covered,
            title=guidance.title,
            in_short=guidance.in_short,
            who=guidance.who,
            steps=guidance.steps,
            evidence=guidance.evidence,
            stages=stages_of(guidance, self._reasons),
            follow_ups=follow_ups_of(self.rulebook, guidance, self._reasons),
            letters=letters_of(self.rulebook, guidance),
            verify=guidance.verify,
            ends=guidance.ends,
            rejections=guidance.rejections,
            settles=guidance.settles,
            where=guidance.where,
            portal_labels=guidance.portal_labels,
            reasons=tuple(reasons.values()),
            cites=self._reasons.cited(guidance.cites),
            cautions=tuple(
                caution.id for caution in cautions if self._is_about(caution, association, covered)
            ),
        )

    def _is_about(self, caution: Caution, association: str, covered: Sequence[GoalKey]) -> bool:
        rule = next(rule for rule in self.rulebook.cautions if rule.id == caution.id)
        return association in rule.association and bool(set(covered) & set(caution.goals))

    def _in_place(self, cautions: Sequence[Caution]) -> tuple[Action, ...]:
        """What counts by itself in every completion."""
        found: dict[str, tuple[GuidanceRule, list[GoalKey]]] = {}
        for state in self.states:
            for association in state.credit:
                possible = state.situation.possible
                if state.in_place(association) != possible:
                    continue
                guidance = state.situation.guidance(association, possible)
                found.setdefault(association, (guidance, []))[1].append(
                    (state.product, state.metric)
                )
        return tuple(
            self._action(guidance, association, covers, planned=None, cautions=cautions)
            for association, (guidance, covers) in found.items()
        )

    def _alternative(self, way: Cover) -> Alternative:
        plan = self.judgement.plan
        return Alternative(
            associations=way.associations,
            titles=tuple(action.guidance.title for action in way.actions),
            extra_actions=len(way.actions) - len(plan.cover.actions),
            extra_effort=way.effort - plan.cover.effort,
            who=tuple(dict.fromkeys(action.guidance.who for action in way.actions)),
        )

    def _preparations(self) -> tuple[Preparation, ...]:
        goals: dict[str, list[GoalKey]] = {}
        rules: dict[str, ReadinessRule] = {}
        for state in self.states:
            for rule in self._blocking(state):
                rules[rule.id] = rule
                goals.setdefault(rule.id, []).append((state.product, state.metric))
        return tuple(
            Preparation(
                rule=rule.id,
                title=rule.title,
                steps=rule.steps,
                holds_up=tuple(a for a in self.judgement.plan.associations if a in rule.holds_up),
                goals=tuple(goals[rule.id]),
                reason=self._reason(rule),
            )
            for rule in rules.values()
        )

    # --- cautions

    def _cautions(self) -> tuple[Caution, ...]:
        goals: dict[str, list[GoalKey]] = {}
        rules: dict[str, CautionRule] = {}
        for state in self.states:
            if state.measured is None:
                continue
            in_use = self._in_use(state)
            for rule in self.goals.cautions(state):
                if self._must_be_shown(rule, state, in_use):
                    rules[rule.id] = rule
                    goals.setdefault(rule.id, []).append((state.product, state.metric))
        ordered = sorted(rules.values(), key=lambda rule: not rule.check)
        for rule in ordered:
            self._uses(rule)
        return tuple(
            Caution(
                id=rule.id,
                text=rule.because,
                check=rule.check,
                internal=rule.internal,
                goals=tuple(goals[rule.id]),
                cites=self._reasons.cited(rule.cites),
            )
            for rule in ordered
        )

    def _must_be_shown(self, rule: CautionRule, state: GoalState, in_use: set[str]) -> bool:
        if rule.association and in_use.isdisjoint(rule.association):
            return False
        possible = self._possible(state.product)
        return all(set(possible[axis]) <= set(choices) for axis, choices in rule.when.items())

    def _possible(self, product: str) -> Mapping[str, tuple[str, ...]]:
        if product not in self._still_possible:
            self._still_possible[product] = still_possible(self.rulebook, self.answers, product)
        return self._still_possible[product]

    def _in_use(self, state: GoalState) -> set[str]:
        """The associations that the answer for this goal rests on."""
        goal = (state.product, state.metric)
        planned = {a.association for a in self.judgement.plan.actions if goal in a.covers}
        return planned | {a for a in state.credit if state.in_place(a)}

    # --- words

    def _uses(self, rule: Rule) -> None:
        self._used[type(rule), rule.id] = rule

    def _reason(self, rule: Rule, questions: tuple[str, ...] = ()) -> Reason:
        self._uses(rule)
        used = tuple(dict.fromkeys(question_of(axis) for axis in rule.when))
        known = (q for q in (*used, *questions) if is_known(self.answers.get(q)))
        return self._reasons.of(rule, tuple(known))

    def _names(self) -> dict[str, str]:
        products = {state.product for state in self.states}
        return {
            **{family.id: family.name for family in self.rulebook.families},
            **{p.id: p.name for p in self.rulebook.products if p.id in products},
            **{metric.id: metric.name for metric in self.rulebook.metrics},
            **{association.id: association.name for association in self.rulebook.associations},
        }

    def _reviews_due(self) -> tuple[Cited, ...]:
        due: dict[str, Cited] = {}
        for rule in self._used.values():
            if rule.review_due_on(self.day):
                due |= {cited.source: cited for cited in self._reasons.cited(rule.cites)}
        return tuple(due.values())
