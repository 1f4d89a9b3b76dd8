"""Hands a case file from a second start to the window that is open. Alone uses QtNetwork.

    second -> first    nca-wizard/1 NUL path NUL token NUL      the path may be empty
    first -> second    nca-wizard/1 taken NUL

Whatever else arrives is ignored, and who says nothing is let go. The token is what a Wayland
desktop gives to whoever the person clicked; without it no window may come to the front.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer, Signal
from PySide6.QtNetwork import (  # noqa: TID251  for the local server, which is no network
    QLocalServer,
    QLocalSocket,
)

from nca_wizard.ui.one_instance import MeetingPlace

# A start that found somebody else first waits no longer: better two windows than none.
PATIENCE_MS = 4000
_PAUSE_MS = 50

_GREETING = b"nca-wizard/1\0"
_TAKEN = b"nca-wizard/1 taken\0"
_LONGEST = 100_000
"""Bytes; the longest path of Windows is shorter."""


@dataclass(frozen=True, slots=True)
class Request:
    """Come to the front, and open this file if there is one."""

    path: Path | None = None
    token: str = ""


def encoded(request: Request) -> bytes:
    """What is sent."""
    path = os.fsencode(request.path) if request.path else b""
    return _GREETING + path + b"\0" + os.fsencode(request.token) + b"\0"


def decoded(message: bytes) -> Request | None:
    """The request of a whole message; None while it is unfinished. Raises ValueError for junk."""
    if len(message) > _LONGEST or not _GREETING.startswith(message[: len(_GREETING)]):
        raise ValueError("not of NCA Wizard")
    parts = message.split(b"\0")
    if len(parts) < 4:
        return None
    _, path, token, *rest = parts
    file = Path(os.fsdecode(path)) if path else None
    if rest != [b""] or (file and not file.is_absolute()):
        raise ValueError("not a request")
    return Request(file, os.fsdecode(token))


class Receiver(QObject):
    """The first one's end."""

    received = Signal(Request)

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Only the first is here: a socket under this name was left by one that was killed.
        QLocalServer.removeServer(address)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        # Where it cannot listen a second start opens a second window, and says so.
        self._server.listen(address)

    def close(self) -> None:
        self._server.close()

    def _welcome(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            _Conversation(connection, self)


class Reception(QObject):
    """Hears of second starts, at more than one place while the data folder is being moved."""

    received = Signal(Request)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._receivers: list[tuple[MeetingPlace, Receiver]] = []

    def listen(self, place: MeetingPlace) -> None:
        """From now on a second start is heard of here too."""
        receiver = Receiver(place.address, self)
        receiver.received.connect(self.received)
        self._receivers.append((place, receiver))

    def leave_the_first(self) -> None:
        """Let another one be first where it listened first."""
        self._leave(0)

    def leave_the_last(self) -> None:
        """Let another one be first where it listened last."""
        self._leave(-1)

    def _leave(self, index: int) -> None:
        place, receiver = self._receivers.pop(index)
        receiver.close()
        receiver.deleteLater()
        place.leave()


class _Conversation(QObject):
    """One connection, until it has said its request or shown that it has none."""

    def __init__(self, connection: QLocalSocket, receiver: Receiver) -> None:
        super().__init__(connection)
        self._connection = connection
        self._receiver = receiver
        connection.setReadBufferSize(_LONGEST + 1)
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(connection.deleteLater)
        QTimer.singleShot(PATIENCE_MS, self, connection.abort)
        self._read()

    def _read(self) -> None:
        connection = self._connection
        try:
            request = decoded(bytes(connection.peek(_LONGEST + 1).data()))
        except ValueError:
            connection.abort()
            return
        if request is not None:
            connection.readyRead.disconnect(self._read)
            connection.write(_TAKEN)
            connection.disconnectFromServer()
            self._receiver.received.emit(request)


def hand_over(place: MeetingPlace, request: Request) -> bool:
    """Give the request to whoever is first; False when nobody takes it in time.

    Also False as soon as nobody is first any more; then `place.is_ours()`.
    """
    if not place.address:
        return False
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not deadline.hasExpired():
        if _send(place.address, request, deadline):
            return True
        if place.is_ours():
            return False
        # The first is about to listen, or about to end.
        QThread.msleep(_PAUSE_MS)
    return False


def _send(address: str, request: Request, deadline: QDeadlineTimer) -> bool:
    connection = QLocalSocket()
    connection.connectToServer(address)
    if not connection.waitForConnected(deadline.remainingTime()):
        return False
    connection.write(encoded(request))
    answer = b""
    while not answer.endswith(b"\0") and connection.waitForReadyRead(deadline.remainingTime()):
        answer += bytes(connection.readAll().data())
    connection.abort()
    return answer == _TAKEN
