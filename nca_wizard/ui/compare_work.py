"""What other rules say to answers that were given before, to be compared beside the window."""

from nca_wizard.errors import BadInput
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.interview import known_answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario


def evaluated(rulebook: Rulebook, scenario: Scenario) -> Recommendation | None:
    """What these rules say; None where they do not take the answers."""
    engine = Engine(rulebook)
    known, _forgotten = known_answers(rulebook, scenario.answers)
    answers = engine.interview(known, scenario.as_of).answers_in_play
    try:
        return engine.recommend(Scenario(as_of=scenario.as_of, answers=answers))
    except BadInput:
        return None
