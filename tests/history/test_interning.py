"""Long texts are stored once and come back exactly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.history.interning import Json, as_json, hashes_in, interned, restored

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
    reached = hashes_in(as_json(stored))
    for _ in range(len(by_hash)):
        reached |= {one for found in reached & by_hash.keys() for one in hashes_in(by_hash[found])}
    assert reached >= set(by_hash)


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


def test_a_long_part_is_kept_once_however_often_it_stands() -> None:
    part: Json = {"rule": "r1", "because": ["x" * 41, "y" * 39], "cites": [{"url": "z" * 39}] * 3}
    alone, once = interned([part])

    stored, twice = interned({"goals": [part, {"findings": [part]}]})

    assert twice == once
    assert len(as_json(stored)) < 2 * len(as_json(alone)) + 30
    assert restored(stored, twice) == {"goals": [part, {"findings": [part]}]}


def test_what_an_earlier_version_stored_without_parts_comes_back() -> None:
    text = "## looks like a part, and is none of them at all"
    assert restored(["#" + "0" * 32, "short"], {"0" * 32: text}) == [text, "short"]
