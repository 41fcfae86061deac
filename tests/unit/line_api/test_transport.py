"""The wire: who is spoken to, how, and what becomes of every kind of answer."""

from __future__ import annotations

import datetime
import gc
import logging
import ssl
import threading
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled
from desktop.line_api import session as session_module
from desktop.line_api import transport as transport_module
from desktop.line_api.errors import LineProblem, OutcomeUnknown, Refused, RetryLater, SignInAgain, Why
from desktop.line_api.transport import (
    LINE_API,
    LINE_API_DATA,
    LINE_HOSTS,
    BearerAuth,
    Call,
    Content,
    LineHosts,
    Transport,
)
from tests.unit.line_api.canned import canned, http

READ = Call("GET", "/v2/bot/info")
WRITE = Call("POST", "/v2/bot/audienceGroup/upload", writes=True)
TOKEN = "abcdefghij.klmnopqrst-0123456789="


def exchange(url: str, call: Call = READ, content: Content | None = None, token: str | None = TOKEN):  # type: ignore[no-untyped-def]
    wire = Transport(LineHosts.on_this_computer(url))
    try:
        return wire.exchange(call, content or Content(), token)
    finally:
        wire.close()


def problem_of(answer: bytes, call: Call = READ, *, drip: int = 0) -> LineProblem:
    with canned(answer, drip=drip) as server, pytest.raises(LineProblem) as raised:
        exchange(server.url, call)
    return raised.value


# Hosts


def test_lines_own_hosts() -> None:
    assert (LINE_HOSTS.api, LINE_HOSTS.data) == ("https://api.line.me", "https://api-data.line.me")
    assert not LINE_HOSTS.local


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8085", "http://localhost:8085/", "http://[::1]:9", "https://127.8.8.8:1"]
)
def test_addresses_on_this_computer(url: str) -> None:
    assert LineHosts.on_this_computer(url).local


@pytest.mark.parametrize(
    "url",
    [
        "https://api.line.me", "https://api.line.me.example.com", "http://192.168.1.4:80", "https://example.com",
        "http://127.0.0.1@example.com", "http://user:pw@127.0.0.1:1", "http://127.0.0.1.example.com", "ftp://127.0.0.1",
        "http://localhost.example.com", "127.0.0.1:80", "", "http://127.0.0.1:80/path", "http://0x7f.1",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="this computer"):
        LineHosts.on_this_computer(url)


@pytest.mark.parametrize(
    ("api", "data"), [(LINE_API, "http://127.0.0.1:1"), ("http://127.0.0.1:1", LINE_API_DATA)]
)
def test_hosts_are_never_mixed(api: str, data: str) -> None:
    with pytest.raises(ValueError, match="this computer"):
        LineHosts(api, data)


# Requests


def test_the_token_arrives_and_a_netrc_does_not(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = own_home / ".netrc"
    netrc.write_text("default login x password y\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    # Practice ignores the environment altogether; towards LINE the proxies of the environment count, so it is trusted.
    opened = session_module.open_session
    with canned(http("200 OK")) as server:
        exchange(server.url)
        exchange(server.url, token=None)
        monkeypatch.setattr(session_module, "open_session", lambda *, local: opened(local=False))
        exchange(server.url)
        exchange(server.url, token=None)
    with_token, without, trusting, trusting_without = (one.decode() for one in server.received)
    assert f"Authorization: Bearer {TOKEN}" in with_token
    assert f"Authorization: Bearer {TOKEN}" in trusting
    assert "Authorization" not in without
    assert "Authorization" not in trusting_without


def test_the_token_is_not_in_any_repr() -> None:
    assert TOKEN not in repr(BearerAuth(TOKEN))


def test_json_form_query_and_path() -> None:
    call = Call("PUT", "/v2/bot/thing/{name}")
    with canned(http("200 OK")) as server:
        exchange(
            server.url, call, Content(path={"name": "a/b 中"}, query={"q": "熟客", "n": 2}, json={"x": "中"})
        )
        exchange(server.url, WRITE, Content(form={"a": "b c"}))
        exchange(server.url, WRITE)
    first, second, third = (one.decode("utf-8") for one in server.received)
    assert first.startswith("PUT /v2/bot/thing/a%2Fb%20%E4%B8%AD?q=%E7%86%9F%E5%AE%A2&n=2 HTTP/1.1")
    assert "application/json" in first
    assert "application/x-www-form-urlencoded" in second
    assert second.endswith("a=b+c")
    assert "Content-Length: 0" in third, "LINE answers 411 to a POST without a length"
    assert all("User-Agent: Tagline" in one for one in (first, second, third))


def test_the_log_holds_what_line_asks_for_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    call = Call("GET", "/v2/bot/profile/{userId}")
    with (
        caplog.at_level(logging.INFO, "tagline.line"),
        canned(http("404 X", b"{}", "X-Line-Request-Id: r-1")) as server,
        pytest.raises(Refused),
    ):
        exchange(server.url, call, Content(path={"userId": "U" + "1" * 32}, query={"q": "秘密"}))
    assert [record.getMessage() for record in caplog.records] == ["r-1 GET /v2/bot/profile/{userId} 404"]


def test_the_log_says_why_no_answer_came(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "tagline.line"):
        problem_of(b"")
    assert [record.getMessage() for record in caplog.records] == ["- GET /v2/bot/info cut"]


# Answers


@pytest.mark.parametrize("status", ["200 OK", "202 Accepted", "201 X", "204 No Content"])
def test_any_2xx_is_a_success(status: str) -> None:
    with canned(
        http(status, b'{"new":{"x":[1]},"a":1}' if "204" not in status else b"", "X-Line-Request-Id: r-2")
    ) as server:
        answer = exchange(server.url, WRITE)
    assert answer.request_id == "r-2"
    assert answer.status == int(status[:3])


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (http("200 OK", b"<html>sign in</html>", content_type="text/html"), Why.PORTAL),
        (http("302 Found", b"", "Location: https://example.com/login"), Why.PORTAL),
        (http("403 Forbidden", b"<html>blocked</html>", content_type="text/html"), Why.PORTAL),
        (http("200 OK", b'{"audienceGro', "X-Line-Request-Id: r"), Why.GARBLED),
        (http("200 OK", b'["a list"]', "X-Line-Request-Id: r"), Why.GARBLED),
        (http("200 OK", b"{}", "X-Line-Request-Id: r", content_type="text/html"), Why.GARBLED),
        (http("200 OK", b"\x1f\x8b\x08 no gzip", "Content-Encoding: gzip"), Why.CUT),
        (http("200 OK", b'{"a":1}')[:-3], Why.CUT),
        (b"", Why.CUT),
        (b"HTTP/1.1 200 OK\r\n", Why.PORTAL),
        (b"not http at all\r\n\r\n", Why.CUT),
        (http("500 X", b'{"message":"Internal"}'), Why.SERVER),
        (http("502 X", b"<html>", content_type="text/html"), Why.SERVER),
    ],
)
def test_no_usable_answer(answer: bytes, why: Why) -> None:
    read, wrote = problem_of(answer), problem_of(answer, WRITE)
    assert (type(read), read.why) == (RetryLater, why)
    assert (type(wrote), wrote.why) == (OutcomeUnknown, why), (
        "what changes something at LINE may have been processed"
    )


@pytest.mark.parametrize("call", [READ, WRITE])
@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (
            http("400 X", b'{"message":"bad","details":[{"message":"AUDIENCE_GROUP_NOT_FOUND"},{},7]}'),
            Refused,
            None,
        ),
        (http("401 X", b'{"message":"invalid token"}'), SignInAgain, None),
        (http("403 X", b'{"message":"not available"}'), Refused, None),
        (http("404 X", b'{"message":"Not found"}'), Refused, None),
        (http("404 X", b"", "X-Line-Request-Id: r"), Refused, None),
        (http("413 X", b'{"message":"too big"}'), Refused, None),
        (http("429 X", b'{"message":"rate"}'), RetryLater, Why.BUSY),
        (http("429 X", b"<html>", content_type="text/html"), RetryLater, Why.BUSY),
        (http("407 X", b"<html>", content_type="text/html"), RetryLater, Why.PROXY_SIGN_IN),
    ],
)
def test_a_clear_answer_is_as_clear_for_reading_and_writing(
    call: Call, answer: bytes, kind: type[LineProblem], why: Why | None
) -> None:
    problem = problem_of(answer, call)
    assert (type(problem), problem.why) == (kind, why)


def test_lines_words_and_codes_are_kept() -> None:
    answer = http(
        "400 X",
        b'{"message":"bad","details":[{"message":"WRONG_BOT_ID","property":"p"}]}',
        "X-Line-Request-Id: r-3",
    )
    problem = problem_of(answer, WRITE)
    assert problem.text.params == {"said": "bad, WRONG_BOT_ID", "request": "r-3"}
    assert problem.heard.codes == ("WRONG_BOT_ID",)
    assert problem.details == "status 400 · r-3 · bad · WRONG_BOT_ID"


def test_a_redirect_is_not_followed() -> None:
    with canned(http("200 OK")) as elsewhere:
        problem = problem_of(http("307 X", b"", f"Location: {elsewhere.url}/v2/bot/info"))
    assert isinstance(problem, RetryLater)
    assert elsewhere.received == []


def test_an_endless_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "LARGEST_ANSWER", 100_000)
    assert problem_of(http("200 OK", b'"' + b"x" * 3_000_000 + b'"')).why is Why.PORTAL


# Time


@pytest.mark.parametrize(("call", "kind"), [(READ, RetryLater), (WRITE, OutcomeUnknown)])
def test_a_silent_server(monkeypatch: pytest.MonkeyPatch, call: Call, kind: type[LineProblem]) -> None:
    monkeypatch.setattr(transport_module, "TIMEOUT", (1.0, 0.05))
    with canned(b"", hold=True) as server, pytest.raises(LineProblem) as raised:
        exchange(server.url, call)
    assert (type(raised.value), raised.value.why) == (kind, Why.TIMEOUT)


@pytest.mark.parametrize(("call", "kind"), [(READ, RetryLater), (WRITE, OutcomeUnknown)])
@pytest.mark.parametrize(
    "answer", [http("200 OK", b'{"a":"' + b"x" * 200 + b'"}'), b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 400]
)
def test_a_dripping_server(
    monkeypatch: pytest.MonkeyPatch, call: Call, kind: type[LineProblem], answer: bytes
) -> None:
    """Each byte comes in time, the whole never does."""
    monkeypatch.setattr(transport_module, "ANSWER_WITHIN", 0.15)
    problem = problem_of(answer, call, drip=1)
    assert (type(problem), problem.why) == (kind, Why.TIMEOUT)


def test_a_request_can_be_ended_from_another_thread() -> None:
    with canned(http("200 OK", b"x" * 4_000), drip=1) as server:
        wire = Transport(LineHosts.on_this_computer(server.url))
        ended: list[LineProblem] = []

        def ask() -> None:
            try:
                wire.exchange(WRITE, Content(), TOKEN)
            except LineProblem as problem:
                ended.append(problem)

        asking = threading.Thread(target=ask)
        asking.start()
        while not server.received:
            asking.join(0.01)
        while asking.is_alive():
            wire.abort()
            asking.join(0.05)
    assert isinstance(ended[0], OutcomeUnknown)


# The way to LINE


@pytest.fixture
def on_the_way(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A transport to LINE's own hosts, which tests can never reach: only what stands before them answers."""
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


def refused_on_the_way(call: Call = WRITE) -> LineProblem:
    wire = Transport(LINE_HOSTS)
    with pytest.raises(LineProblem) as raised:
        wire.exchange(call, Content(), TOKEN)
    wire.close()
    return raised.value


def test_a_proxy_that_wants_a_password(on_the_way: pytest.MonkeyPatch) -> None:
    with canned(http("407 Proxy Authentication Required", b"")) as proxy:
        on_the_way.setenv("HTTPS_PROXY", proxy.url)
        problem = refused_on_the_way()
    assert (type(problem), problem.why) == (RetryLater, Why.PROXY_SIGN_IN)
    assert proxy.received[0].startswith(b"CONNECT api.line.me:443")
    assert TOKEN.encode() not in proxy.received[0]


def test_a_proxy_that_is_not_there(on_the_way: pytest.MonkeyPatch) -> None:
    on_the_way.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    problem = refused_on_the_way()
    assert (type(problem), problem.why) == (RetryLater, Why.PROXY)


def test_practice_goes_past_every_proxy(on_the_way: pytest.MonkeyPatch) -> None:
    with canned(http("407 X", b"")) as proxy, canned(http("200 OK")) as server:
        on_the_way.setenv("HTTP_PROXY", proxy.url)
        assert exchange(server.url).status == 200
    assert proxy.received == []


def test_no_name_server(on_the_way: pytest.MonkeyPatch) -> None:
    import socket

    def no_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    on_the_way.setattr("socket.getaddrinfo", no_name)
    problem = refused_on_the_way()
    assert (type(problem), problem.why) == (RetryLater, Why.DNS)


def test_a_certificate_nobody_trusts(on_the_way: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with canned(http("200 OK"), context=_self_made(tmp_path)) as server:
        problem = _over_tls(server.port)
        assert (type(problem), problem.why) == (RetryLater, Why.TLS)
        assert server.received == [], "nothing is sent before the certificate is checked"
        on_the_way.setenv("REQUESTS_CA_BUNDLE", "")
        on_the_way.setenv("CURL_CA_BUNDLE", "")
        assert _over_tls(server.port).why is Why.TLS


def test_a_certificate_the_system_trusts(on_the_way: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with canned(http("200 OK"), context=_self_made(tmp_path)) as server:
        on_the_way.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        wire = Transport(LineHosts(f"https://127.0.0.1:{server.port}", f"https://127.0.0.1:{server.port}"))
        assert wire.exchange(READ, Content(), TOKEN).status == 200
        wire.close()


def _over_tls(port: int) -> LineProblem:
    wire = Transport(LineHosts(f"https://127.0.0.1:{port}", f"https://127.0.0.1:{port}"))
    with pytest.raises(LineProblem) as raised:
        wire.exchange(WRITE, Content(), TOKEN)
    wire.close()
    return raised.value


def _self_made(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate for 127.0.0.1 that it signed itself."""
    crypto = pytest.importorskip("cryptography.x509")
    import ipaddress

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = crypto.Name([crypto.NameAttribute(crypto.NameOID.COMMON_NAME, "somebody")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        crypto.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            crypto.SubjectAlternativeName([crypto.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(crypto.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def test_no_socket_is_left_open(recwarn: pytest.WarningsRecorder) -> None:
    with canned(http("200 OK").replace(b"Connection: close", b"Connection: keep-alive")) as server:
        exchange(server.url)
    gc.collect()
    assert not [one for one in recwarn if issubclass(one.category, ResourceWarning)]


def test_an_ended_transport_waits_for_nothing() -> None:
    call = Call("GET", "/v2/bot/audienceGroup/list", bucket="audience")
    with canned(http("200 OK")) as server:
        wire = Transport(LineHosts.on_this_computer(server.url))
        for _ in range(30):
            wire.exchange(call, Content(), TOKEN)
        wire.abort()
        with pytest.raises(Cancelled):
            wire.exchange(call, Content(), TOKEN)
        wire.close()
    assert len(server.received) == 30
