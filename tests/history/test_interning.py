"""Long texts are stored once and come back exactly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.history.interning import Json, interned, restored, texts_named_in

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text("#ab", min_size=38, max_size=43),
    st.just("#" + "0" * 32),
)
documents: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


@given(documents)
def test_a_document_comes_back_exactly_by_way_of_json(document: Json) -> None:
    stored, by_hash = interned(document)

    assert restored(json.loads(json.dumps(stored)), by_hash) == document
    assert texts_named_in(stored) == set(by_hash)


def test_a_long_text_is_kept_once_however_often_it_is_said() -> None:
    document: Json = {"a": ["x" * 41, "x" * 41], "b": {"c": "x" * 41}}

    stored, by_hash = interned(document)

    assert list(by_hash.values()) == ["x" * 41]
    assert "xx" not in json.dumps(stored)


def test_a_short_text_stays_in_place_unless_it_looks_like_a_hash() -> None:
    stored, by_hash = interned(["x" * 40, "#1 in the list"])

    assert isinstance(stored, list)
    assert stored[0] == "x" * 40
    assert list(by_hash.values()) == ["#1 in the list"]


def test_a_missing_text_is_not_passed_over() -> None:
    stored, _ = interned(["x" * 41])

    with pytest.raises(KeyError):
        restored(stored, {})
