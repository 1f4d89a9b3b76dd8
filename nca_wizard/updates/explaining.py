"""The explanations that an import left out, worked out when somebody opens the evaluation.

They are those of the rulebook and the day it was evaluated with, so they are the same whenever
that is. Where that rulebook is no longer on this computer there are none, nor where this version
of the program comes to another result with it.
"""

from typing import TYPE_CHECKING

from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.updates.store import BookStore

# Loaded when somebody opens an evaluation that lacks them, which the first page need not wait for.
if TYPE_CHECKING:
    from nca_wizard.rules.engine import Engine


class Explaining:
    """Adds explanations. Remembers the last rulebook and the last recommendation."""

    def __init__(self, books: BookStore) -> None:
        self._books = books
        self._engine: Engine | None = None
        self._last: tuple[Recommendation, Recommendation] | None = None

    def __call__(self, plain: Recommendation) -> Recommendation:
        if plain.explained:
            return plain
        if self._last is None or self._last[0] != plain:
            engine = self._engine_of(plain.rulebook.hash)
            if engine is None:
                return plain
            scenario = Scenario(as_of=plain.rulebook.as_of, answers=plain.answers)
            # A newer program may come to another result; what was said then stays said.
            same = engine.recommend_plainly(scenario) == plain
            self._last = (plain, engine.recommend(scenario) if same else plain)
        return self._last[1]

    def _engine_of(self, digest: str) -> "Engine | None":
        from nca_wizard.rules.engine import Engine

        if self._engine is None or self._engine.rulebook.hash != digest:
            book = self._books.kept_book(digest)
            if book is None:
                return None
            self._engine = Engine(book.rulebook)
        return self._engine
