"""What stands beside some words goes below them where they would be squeezed, and is never cut."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.ui.buttons import SecondaryButton
from nca_wizard.ui.flow import Flow
from nca_wizard.ui.labels import Label
from nca_wizard.ui.row import Row


def test_the_buttons_of_a_row_leave_the_words_half_of_it(qtbot: QtBot) -> None:
    row = Row()
    qtbot.addWidget(row)
    words = Label("Nordwind Handelsgesellschaft mbH", row)
    row.words.addWidget(words)
    buttons = [SecondaryButton(text, parent=row) for text in ("Delete for good", "Restore")]
    for button in buttons:
        row.add(button)
    row.show()

    where: dict[int, bool] = {}
    for width in (800, 300):
        row.resize(width, 200)
        QApplication.processEvents()
        where[width] = buttons[0].x() >= words.geometry().right()
        assert [one.width() for one in buttons] == [one.sizeHint().width() for one in buttons]

    assert where == {800: True, 300: False}
    assert buttons[0].y() > words.geometry().bottom()
    assert buttons[0].x() < buttons[1].x()


def flowing(qtbot: QtBot, left: int, right: int) -> tuple[QWidget, list[SecondaryButton]]:
    widget = QWidget()
    qtbot.addWidget(widget)
    flow = Flow(widget)
    flow.setContentsMargins(20, 10, 20, 10)
    made = [SecondaryButton(f"Button {number}", parent=widget) for number in range(left + right)]
    for button in made[left:]:
        flow.add_right(button)
    for button in made[:left]:
        flow.addWidget(button)
    widget.show()
    return widget, made


def test_what_stands_on_the_right_comes_last_and_ends_where_the_room_ends(qtbot: QtBot) -> None:
    widget, (back, only, swap, go) = flowing(qtbot, 2, 2)
    widget.resize(900, 60)
    QApplication.processEvents()

    assert [one.y() for one in (back, only, swap, go)] == [10] * 4
    assert back.x() == 20
    assert back.x() < only.x() < swap.x() < go.x()
    assert go.geometry().right() == 900 - 20 - 1


def test_without_room_it_goes_into_further_lines_uncut(qtbot: QtBot) -> None:
    widget, made = flowing(qtbot, 2, 2)
    one = made[0].sizeHint()
    width = 40 + 2 * one.width() + 8
    layout = widget.layout()
    assert layout is not None
    widget.resize(width, layout.heightForWidth(width))
    QApplication.processEvents()

    assert widget.height() == 20 + 2 * one.height() + 8
    assert [button.size() for button in made] == [button.sizeHint() for button in made]
    assert [button.y() for button in made] == [10, 10, *[10 + one.height() + 8] * 2]
    assert made[3].geometry().right() == width - 20 - 1


def test_where_text_begins_on_the_right_everything_is_the_other_way_round(qtbot: QtBot) -> None:
    widget, (back, only, swap, go) = flowing(qtbot, 2, 2)
    widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    widget.resize(900, 60)
    QApplication.processEvents()

    assert back.geometry().right() == 900 - 20 - 1
    assert back.x() > only.x() > swap.x() > go.x() == 20


def test_what_is_taken_away_leaves_the_others_where_they_belong(qtbot: QtBot) -> None:
    widget, made = flowing(qtbot, 1, 2)
    layout = widget.layout()
    assert layout is not None
    layout.removeWidget(made[1])
    made[1].hide()
    widget.resize(600, 60)
    QApplication.processEvents()

    assert made[0].x() == 20
    assert made[2].geometry().right() == 600 - 20 - 1
