"""What nobody can see is removed from a text; everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.cleaning import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Con\u200btoso\u200d", "Contoso"),
        ("\ufeffContoso", "Contoso"),
        ("Con\x00to\x1b[so", "Conto[so"),
        ("Contoso\tAB", "Contoso AB"),
        ("Contoso\r\nAB", "Contoso AB"),
        ("Contoso\u2028AB", "Contoso AB"),
        ("\u202eosotnoC", "osotnoC"),
        ("Con\udc80toso", "Contoso"),
        ("Con\ufdd0toso\uffff\U0001fffe", "Contoso"),
        ("\u00a0Contoso\u3000", "Contoso"),
    ],
)
def test_control_and_zero_width_signs_go_without_a_word(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(st.characters(codec=None)))
def test_a_cleaned_text_is_one_printable_line_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert len(cleaned.splitlines()) <= 1
