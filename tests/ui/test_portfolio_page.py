"""The portfolio: bars and a table that say the same, and what it does not cover."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nca_wizard.history.portfolio import MetricTotal, Portfolio, Waiting
from nca_wizard.ui.portfolio_page import Bars, PortfolioPage, Stripe
from nca_wizard.ui.program import Program
from tests.ui.results import T, book, themed, words_on
from tests.ui.walking import bench_of

FOUND = Portfolio(
    customers=12,
    by_standing={"action_needed": 4, "done": 2, "automatic": 5, "not_doing": 1},
    metrics=(
        MetricTotal(
            "net_customer_adds", {"automatic": 2, "action_needed": 2, "done": 1}, 6, 15, 15
        ),
        MetricTotal("usage_growth", {"automatic": 1}, None, None, 20),
        MetricTotal("deployments", {}, 0, 0, 20),
    ),
    waiting=(Waiting("cpor-revrec", "cpor_revrec", "File the claim", "Our admin", 4, 1),),
    with_open_questions=1,
)


def shown(qtbot: QtBot, found: Portfolio = FOUND) -> PortfolioPage:
    themed()
    page = PortfolioPage(T, book())
    qtbot.addWidget(page)
    page.show_portfolio(found)
    page.resize(760, 520)
    page.show()
    return page


def test_it_says_that_it_covers_only_what_was_entered_here(qtbot: QtBot) -> None:
    assert "only the customers that were entered here" in words_on(shown(qtbot))


def test_bars_say_in_words_what_they_show(qtbot: QtBot) -> None:
    page = shown(qtbot)
    verdicts, metrics = page.findChildren(Bars)

    assert verdicts.accessibleName() == "12 customers"
    assert verdicts.accessibleDescription() == (
        "Action needed: 4; Done, not yet confirmed: 2; Counts by itself: 5; Decided against: 1"
    )
    assert "Net customer adds: 2, 5 with the plan" in metrics.accessibleDescription()


def test_the_table_has_points_against_the_cap_and_none_where_there_are_none(qtbot: QtBot) -> None:
    words = words_on(shown(qtbot)).split("\n")

    begin = words.index("Net customer adds")
    assert words[begin : begin + 7] == ["Net customer adds", "2", "1", "5", "6", "15", "15"]
    begin = words.index("Usage growth")
    assert words[begin : begin + 7] == ["Usage growth", "1", "0", "1", "–", "–", "20"]


def test_what_is_waiting_is_said_with_whom_it_waits_for(qtbot: QtBot) -> None:
    words = words_on(shown(qtbot))

    assert "Our admin · 4 to do, 1 in progress" in words
    assert "For 1 customer something is still to be found out." in words


def test_what_counts_and_what_would_differ_in_grey(qtbot: QtBot) -> None:
    themed()
    bars = Bars("x", [Stripe("a", 5, 10, "5")], 10)
    qtbot.addWidget(bars)
    bars.resize(500, bars.sizeHint().height())
    picture = bars.grab().toImage()

    left = round(500 * 0.32)
    room = 500 - left - 16 - 16
    middle = picture.height() // 2
    now, later = (
        QColor(picture.pixel(left + round(room * share), middle)).lightness()
        for share in (0.25, 0.75)
    )
    assert abs(now - later) > 60


def test_without_customers_it_says_so(qtbot: QtBot) -> None:
    nobody = Portfolio(0, {}, (), (), 0)

    assert "No customers yet." in words_on(shown(qtbot, nobody))


def test_the_menu_shows_it_added_up(program: Program, qtbot: QtBot) -> None:
    bench_of(program).open_sample()
    bench_of(program).go_on()

    program.window.do("Po&rtfolio")
    page = program.window.page
    assert isinstance(page, PortfolioPage)
    qtbot.waitUntil(lambda: "1 customer" in words_on(page))

    assert "What is waiting for whom" in words_on(page)
