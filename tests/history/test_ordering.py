"""Names stand where a reader of the language looks for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.history.ordering import sort_key


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Aland", "Åland", "Bar 2", "Bar 10", "bar 10 b", "Øst", "zoo", "東京"]),
        ("de", ["Äpfel AG", "Apollo", "Müller", "Mus", "Strasse", "Straße", "Zorn"]),
        ("sv", ["Ap", "Zoo", "Åland", "Äpple", "Öst", "Øst"]),
        ("da", ["Ap", "Zoo", "Æble", "Øst", "Århus"]),
    ],
)
def test_names_are_in_the_order_of_the_language(language: str, names: list[str]) -> None:
    mixed_up = names[::-1]

    assert sorted(mixed_up, key=lambda name: sort_key(name, language)) == names


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["en", "sv", "da"]))
def test_only_equal_names_have_equal_keys(name: str, language: str) -> None:
    assert sort_key(name, language).endswith(f"\0{name}")
