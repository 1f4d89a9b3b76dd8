"""Rules in words. Each citation, and each reason, is made once for a rulebook and then shared."""

from collections.abc import Sequence

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.reasons import Cited, Reason
from nca_wizard.rules.model.rules import Citation, Rule


class Reasons:
    """The words of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._sources = {source.id: source for source in rulebook.sources}
        self._cited: dict[Citation, Cited] = {}
        self._reasons: dict[tuple[type[Rule], str, tuple[str, ...]], Reason] = {}

    def cited(self, cites: Sequence[Citation]) -> tuple[Cited, ...]:
        """The citations with their sources copied in."""
        return tuple(self._cite(citation) for citation in cites)

    def of(self, rule: Rule, questions: tuple[str, ...]) -> Reason:
        """Why something is so; `questions` are those whose answers it used."""
        key = (type(rule), rule.id, questions)
        if key not in self._reasons:
            self._reasons[key] = Reason(
                rule=rule.id, text=rule.because, questions=questions, cites=self.cited(rule.cites)
            )
        return self._reasons[key]

    def _cite(self, citation: Citation) -> Cited:
        if citation not in self._cited:
            source = self._sources[citation.source]
            self._cited[citation] = Cited(
                source=source.id,
                title=source.title,
                publisher=source.publisher,
                passage=citation.passage,
                dated=source.dated,
                date_note=source.date_note,
                weight=citation.weight,
                url=source.url,
            )
        return self._cited[citation]
