"""The requests session a transport uses: certificates checked by the system's own trust store, the system's
proxies, and a way to reach the open sockets."""

from __future__ import annotations

import socket
import ssl
import weakref
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class LineSession(requests.Session):
    """A session that knows which sockets it has opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open_sockets: weakref.WeakSet[Any] = weakref.WeakSet()

    def cut(self) -> None:
        """End what is being sent or received, from any thread."""
        for one in list(self.open_sockets):
            try:
                # The plain socket's way: a TLS socket's own would change it under the thread that reads from it.
                socket.socket.shutdown(one, socket.SHUT_RDWR)
            except OSError:
                # It was closed before, or never connected.
                continue


def open_session(*, local: bool) -> LineSession:
    """A new session.

    Args:
        local: for addresses on this computer: no proxy may stand between, and only plain or this computer's
            connections.
    """
    session = LineSession()
    session.trust_env = not local
    session.headers["User-Agent"] = "Tagline"
    adapter = _SystemTrust(session.open_sockets)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class _SystemTrust(HTTPAdapter):
    """Checks certificates as the system does, so that a shop network that re-signs TLS works once the system
    trusts it. There is no way to turn the check off. Never retries by itself."""

    def __init__(self, sockets: weakref.WeakSet[Any]) -> None:
        self._sockets = sockets
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As requests does it, with our certificates and connections."""
        super().init_poolmanager(*args, **kwargs, ssl_context=_context())
        self.poolmanager.pool_classes_by_scheme = _pools(self._sockets)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """As requests does it, with our certificates and connections."""
        manager = super().proxy_manager_for(proxy, **kwargs, ssl_context=_context())
        manager.pool_classes_by_scheme = _pools(self._sockets)
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Always required; a bundle named by REQUESTS_CA_BUNDLE is trusted beside the system's, requests' own
        is not."""
        conn.cert_reqs = "CERT_REQUIRED"
        if isinstance(verify, str):
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]


def _context() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _pools(sockets: weakref.WeakSet[Any]) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
