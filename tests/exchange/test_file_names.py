"""A suggested name has customer and date, and every system takes it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.exchange.file_names import suggested_name

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("customer", "name"),
    [
        ("Contoso AB", "Contoso AB 2026-11-22.ncacase"),
        ("R&D <b>Söhne</b> 東京", "R&D _b_Söhne__b_ 東京 2026-11-22.ncacase"),
        ('A/B\\C:D*E?F|G"H', "A_B_C_D_E_F_G_H 2026-11-22.ncacase"),
        ("../../etc/passwd", "_.._etc_passwd 2026-11-22.ncacase"),
        (".hidden", "hidden 2026-11-22.ncacase"),
        ("Contoso Inc.", "Contoso Inc 2026-11-22.ncacase"),
        ("con.tech", "_con.tech 2026-11-22.ncacase"),
        ("COM1", "_COM1 2026-11-22.ncacase"),
        ("lpt³ .x", "_lpt³ .x 2026-11-22.ncacase"),
        ("Contoso", "Contoso 2026-11-22.ncacase"),
        ("", "Case 2026-11-22.ncacase"),
        ("...", "Case 2026-11-22.ncacase"),
        ("\u200b\x00", "Case 2026-11-22.ncacase"),
    ],
)
def test_forbidden_signs_and_names_are_replaced(customer: str, name: str) -> None:
    assert suggested_name(customer, DAY, ".ncacase") == name


@pytest.mark.parametrize("customer", ["x" * 5_000, "東" * 120, "🏭" * 120])
def test_a_long_name_is_shortened_and_keeps_its_date(customer: str) -> None:
    name = suggested_name(customer, DAY, ".pdf")

    assert name.endswith(" 2026-11-22.pdf")
    assert len(name.encode()) <= 124
    assert name.startswith(customer[:20])


def test_what_kind_of_sheet_it_is_stands_behind_the_day() -> None:
    long = suggested_name("東" * 120, DAY, ".pdf", kind="Übergabe")

    assert suggested_name("X", DAY, ".pdf", kind="INTERNAL") == "X 2026-11-22 INTERNAL.pdf"
    assert long.endswith("東 2026-11-22 Übergabe.pdf")
    assert len(long.encode()) <= 124


@given(st.text(st.characters(codec=None)))
def test_whatever_the_customer_is_called_the_name_is_one_file(customer: str) -> None:
    name = suggested_name(customer, DAY, ".ncacase")

    assert not set('<>:"/\\|?*') & set(name)
    assert len(name.splitlines()) == 1
    assert name[0] not in ". "
    assert len(name.encode()) <= 128
