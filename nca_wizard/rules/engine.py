"""A rulebook ready to answer. Hold one for as long as the rulebook, and pass it down.

What depends on the rulebook and the day alone is worked out once and remembered; what depends on
the answers is not, but for the last situations seen.
"""

from datetime import date

from nca_wizard.rules.interview import Interview
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.reasons import Reasons
from nca_wizard.rules.recommendation import Recommender
from nca_wizard.rules.verdict_space import AllDays


class Engine:
    """Interviews and recommendations of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.days = AllDays(rulebook)
        self._reasons = Reasons(rulebook)

    def recommend(self, scenario: Scenario) -> Recommendation:
        """The same as `recommendation.recommend`. Raises BadInput."""
        return Recommender(self.days, self._reasons, scenario).recommendation()

    def recommend_plainly(self, scenario: Scenario) -> Recommendation:
        """The same without explanations, some times as fast; `recommend` adds them any day."""
        return Recommender(self.days, self._reasons, scenario, explained=False).recommendation()

    def interview(self, answers: Answers, as_of: date) -> Interview:
        """The interview that these answers lead to on this day."""
        return Interview(self.rulebook, answers, as_of, self.days.on(as_of).goals)
