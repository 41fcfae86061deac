"""A bell at the door of each open shop: a second start of the program rings it, and the first window comes to the front."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1000


def bell_name(shop: Path) -> str:
    """The same short name for the same shop file in every process of this user."""
    return "tagline-" + hashlib.sha256(str(shop.absolute()).casefold().encode()).hexdigest()[:24]


def ring(shop: Path) -> bool:
    """Ask the window that has ``shop`` open to come to the front; False if nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(bell_name(shop))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(b"front\n")
    socket.waitForBytesWritten(WAIT_MS)
    # The answer may have come in while we were writing; then there is nothing new to wait for.
    heard = socket.bytesAvailable() > 0 or socket.waitForReadyRead(WAIT_MS)
    socket.disconnectFromServer()
    return heard


class Bell(QObject):
    """Listens while a shop is open.

    Args:
        shop: the shop file, whose lock this process holds.
        rung: called when another start asks for the window.
    """

    def __init__(self, shop: Path, rung: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rung = rung
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = bell_name(shop)
        # We hold the shop's lock, so a name that is still taken was left behind by a process that died.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    @Slot()
    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is None:
            return
        socket.write(b"here\n")
        socket.flush()
        socket.disconnected.connect(socket.deleteLater)
        self._rung()
