"""A proxy on this computer as antivirus programs and company networks have them: it opens the encrypted connection to LINE, reads it,
and seals it again with a certificate of its own. Behind it stands the simulated LINE."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HOSTS = ("api.line.me", "api-data.line.me")


@dataclass
class ResigningProxy:
    """``opened``: the hosts that were asked for."""

    port: int
    context: ssl.SSLContext
    behind: int
    opened: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, listener: socket.socket) -> None:
        while not self.closing.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                connection.settimeout(5)
                with connection, suppress(OSError):
                    self._one(connection)

    def _one(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4_096)
            if not piece:
                return
            head += piece
        self.opened.append(head.split(b" ")[1].decode())
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with self.context.wrap_socket(connection, server_side=True) as inside:
            while (request := self._request(inside)) and not self.closing.is_set():
                inside.sendall(self._ask(request))

    def _request(self, inside: ssl.SSLSocket) -> bytes:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = inside.recv(65_536)
            if not piece:
                return b""
            request += piece
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(
            (
                int(one.split(b":")[1])
                for one in head.split(b"\r\n")
                if one.lower().startswith(b"content-length")
            ),
            0,
        )
        while len(body) < length:
            body += inside.recv(65_536)
        head = head.replace(b"Connection: keep-alive", b"Connection: close")
        for host in HOSTS:
            # The simulated LINE answers to its own name only.
            head = head.replace(f"Host: {host}".encode(), f"Host: 127.0.0.1:{self.behind}".encode())
        return head + b"\r\n\r\n" + body

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.behind), timeout=5) as line:
            line.sendall(request)
            answer = b""
            while piece := line.recv(65_536):
                answer += piece
        return answer.replace(b"Connection: close", b"Connection: keep-alive")


@contextmanager
def resigning_proxy(folder: Path, behind: str) -> Iterator[ResigningProxy]:
    """The proxy before the server at ``behind``; the certificate it signs with is ``folder/root.pem``."""
    context = certified(folder, HOSTS)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = ResigningProxy(listener.getsockname()[1], context, int(behind.rpartition(":")[2]))
        thread = threading.Thread(target=proxy.serve, args=(listener,), name="proxy")
        thread.start()
        try:
            yield proxy
        finally:
            proxy.closing.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", proxy.port), timeout=1).close()
            thread.join()


def certified(folder: Path, hosts: tuple[str, ...]) -> ssl.SSLContext:
    """A server's context with a certificate for these hosts, signed by a root of our own that lies in ``root.pem``."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    now = datetime.datetime.now(datetime.UTC)
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("root", "host")}

    def certificate(who: str, extension: object, *, critical: bool) -> object:
        def named(common: str) -> object:
            return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])

        return (
            x509.CertificateBuilder()
            .subject_name(named(who))
            .issuer_name(named("root"))
            .public_key(keys[who].public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(extension, critical)
            .sign(keys["root"], hashes.SHA256())
        )

    made = {
        "root": certificate("root", x509.BasicConstraints(ca=True, path_length=None), critical=True),
        "host": certificate(
            "host", x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False
        ),
    }
    for name, one in made.items():
        (folder / f"{name}.pem").write_bytes(one.public_bytes(serialization.Encoding.PEM))  # type: ignore[attr-defined]
    private = keys["host"].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "host.key").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "host.pem", folder / "host.key")
    return context
