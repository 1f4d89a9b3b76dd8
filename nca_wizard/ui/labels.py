"""Text that is read. Always plain: a customer called `<b>X</b>` is shown as just that."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def literal(text: str) -> str:
    """`text` for a button, menu or window title, where a single & would become an access key."""
    return text.replace("&", "&&")


def spoken(text: str) -> str:
    """The text of a button or a command without its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class Label(QLabel):
    """Plain text that wraps and is as high as it needs to be at the width it gets."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        # QLabel's own asks for a square; the layout asks for the height at the real width.
        line = self.fontMetrics().height() if self.text() else 0
        return QSize(min(super().minimumSizeHint().width(), 120), line)


class Heading(Label):
    """The one heading of a page, 26 px. Its page carries the same text as accessible name."""


class Title(Label):
    """The heading of a card, 16 px."""


class Soft(Label):
    """Why we ask, and other words that step back."""

    def __init__(self, text: str = "", parent: QWidget | None = None, small: bool = False) -> None:
        super().__init__(text, parent)
        self.setProperty("small", small)


class Caption(Label):
    """A small line above or below: "Step 2 of 5 - Licences"."""


class FieldError(Label):
    """The error beside a field. Hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show the sentence, or nothing."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
