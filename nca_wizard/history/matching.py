"""Which evaluations are meant by what was typed."""

from nca_wizard.history.folding import search_words, without_umlauts


def matching(search: str, column: str = "folded") -> tuple[str, tuple[str, ...]]:
    """A condition and its values: every word stands in the folded column, in either spelling."""
    # instr, not LIKE: it is as fast, knows no wildcards to escape and no longest pattern.
    conditions = ["TRUE"]
    values: list[str] = []
    for word in search_words(search):
        spellings = list(dict.fromkeys([word, without_umlauts(word)]))
        conditions.append(f"({' OR '.join([f'instr({column}, ?)'] * len(spellings))})")
        values += spellings
    return " AND ".join(conditions), tuple(values)
