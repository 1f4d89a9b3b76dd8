"""What a text of the rules is called in every language there is a catalogue for.

A search finds what stands on the screen, whatever language it was evaluated in.
"""

import json
import sqlite3
from collections.abc import Iterable
from functools import cache
from typing import Any

from nca_wizard.history.folding import search_column
from nca_wizard.history.interning import hash_of_part, restored
from nca_wizard.paths import resources
from nca_wizard.texts import SOURCE_LANGUAGE, Texts, available_languages


def translated(texts: Iterable[str]) -> list[str]:
    """The texts in every other language, without those that are the same there."""
    return [said for t in _others() for text in texts if (said := t(text)) != text]


@cache
def _others() -> tuple[Texts, ...]:
    folder = resources() / "locale"
    return tuple(
        Texts.load(language, folder)
        for language in available_languages(folder)
        if language != SOURCE_LANGUAGE
    )


def find_translated(connection: sqlite3.Connection) -> None:
    """Let evaluations that were stored with English words be found by the others too."""
    texts = _Texts(connection)

    def whole(stored: Any) -> Any:
        digest = hash_of_part(stored)
        return json.loads(texts[digest]) if digest else stored

    @cache
    def words(products: str, associations: str, plan: str) -> str:
        titles = [whole(whole(action)["title"])["for_us"] for action in whole(json.loads(plan)[0])]
        english = [str(restored(title, texts)) for title in titles]
        names = [*products.split(", "), *json.loads(associations), *english]
        return search_column(translated(names))

    rows = connection.execute(
        """
        SELECT id, products_said, actions_said,
            json_array(json_extract(recommendation, '$.plan')) AS plan
        FROM evaluations JOIN documents ON evaluation_id = id
        """
    ).fetchall()
    connection.executemany(
        "UPDATE evaluations SET folded = ? || ' ' || folded WHERE id = ?",
        [
            (words(row["products_said"], row["actions_said"], row["plan"]), row["id"])
            for row in rows
        ],
    )


class _Texts(dict[str, str]):
    """The texts of a history by hash, each read when it is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, digest: str) -> str:
        [(text,)] = self._connection.execute("SELECT text FROM texts WHERE hash = ?", (digest,))
        return self.setdefault(digest, str(text))
