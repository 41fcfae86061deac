"""Keeps the tests on this computer: a connection to, or a look-up of, anything but loopback is refused and remembered."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_LOCAL_NAMES = ("", "localhost", "localhost.localdomain", "ip6-localhost")


class OutsideConnection(OSError):
    """A test tried to reach something other than this computer."""


def is_local(host: object) -> bool:
    """Whether a host name or address as given to a socket stays on this computer."""
    if host is None:
        return True
    name = (host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)).lower().rstrip(".")
    if name in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@contextmanager
def only_loopback() -> Iterator[list[str]]:
    """Refuse connections that leave this computer; yields the list of what was tried, filled as it happens."""
    tried: list[str] = []
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(host: object, what: str) -> None:
        if not is_local(host):
            tried.append(f"{what} {host!r}")
            raise OutsideConnection(f"Tests stay on this computer: {what} {host!r} was refused.")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            check(address[0], "a connection to")
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            check(address[0], "a connection to")
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        check(host, "a look-up of")
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield tried
