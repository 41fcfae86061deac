"""Connecting from where shops are: behind a proxy that opens and seals TLS again, one that wants a password, a hotel's sign-in page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.credentials import LineSecret, SessionCredentials
from desktop.line_api.errors import LineProblem, Why
from desktop.line_api.transport import LineHosts
from desktop.operations.line import connecting
from desktop.operations.line.account import first_look
from desktop.operations.line.account.first_look import FirstLook, Step
from desktop.store import shop
from desktop.text import render
from tests.scenarios.resigning_proxy import resigning_proxy
from tests.scenarios.upload_world import UploadWorld, upload_world
from tests.unit.line_api.canned import canned, http


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UploadWorld]:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with upload_world(tmp_path) as made:
        yield made


def connect(
    world: UploadWorld, secret: LineSecret | None = None, hosts: LineHosts | None = None
) -> FirstLook:
    line = world.simulator
    wanted = secret or LineSecret("", line.channel_id, line.channel_secret)
    kept = SessionCredentials()
    if hosts is None:
        return first_look.connect(wanted, kept, world.in_database)
    return first_look.connect(wanted, kept, world.in_database, hosts=hosts)


def fails(world: UploadWorld, hosts: LineHosts | None = None) -> tuple[LineProblem, Step]:
    with pytest.raises(LineProblem) as raised:
        connect(world, hosts=hosts)
    went = first_look.went_wrong(raised.value)
    assert render(went.cure)
    assert shop.get_json(world.db, "line_account") is None, "nothing is kept"
    return raised.value, went.step


def test_through_an_antivirus_whose_root_the_system_trusts(
    world: UploadWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with resigning_proxy(tmp_path, world.simulator.url) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
        seen = connect(world)
    assert seen.connected.account.name == "日日咖啡"
    assert seen.figures is not None
    assert seen.verified
    assert set(proxy.opened) == {"api.line.me:443"}


def test_an_antivirus_whose_root_nobody_trusts_is_explained(
    world: UploadWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with resigning_proxy(tmp_path, world.simulator.url) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        problem, step = fails(world)
    assert (problem.why, step) == (Why.TLS, "reached")
    assert "HTTPS" in render(first_look.went_wrong(problem).cure)
    assert world.simulator.requests == (), "no key leaves before the certificate is checked"


def test_a_proxy_that_wants_a_password_is_explained(
    world: UploadWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    with canned(http("407 Proxy Authentication Required", b"")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        problem, step = fails(world)
    assert (problem.why, step) == (Why.PROXY_SIGN_IN, "reached")


def test_a_sign_in_page_of_the_network_is_explained(world: UploadWorld) -> None:
    world.simulator.faults.add("captive_portal", count=None)
    problem, step = fails(world, LineHosts.on_this_computer(world.simulator.url))
    assert (problem.why, step) == (Why.PORTAL, "reached")


def test_a_channel_without_an_account_is_called_what_it_is(world: UploadWorld) -> None:
    world.simulator.faults.add("status", status=403, path="/v2/bot/info", count=None)
    problem, step = fails(world, LineHosts.on_this_computer(world.simulator.url))
    assert step == "found"
    assert "LINE Login" in render(first_look.went_wrong(problem).text)


def test_an_account_that_is_not_verified_is_told_at_once(world: UploadWorld) -> None:
    world.simulator.configure_account(verified=False, premium_id="@daydaycoffee")
    seen = connect(world, hosts=LineHosts.on_this_computer(world.simulator.url))
    assert seen.verified is False
    assert seen.connected.account.premium_id == "@daydaycoffee"
    account = shop.get_json(world.db, "line_account")
    assert account is not None
    assert account["premiumId"] == "@daydaycoffee"


def test_figures_that_stumble_do_not_undo_connecting(world: UploadWorld) -> None:
    world.simulator.faults.add("status", status=500, path="/v2/bot/message/quota", count=None)
    seen = connect(world, hosts=LineHosts.on_this_computer(world.simulator.url))
    assert seen.figures is None
    assert shop.get_json(world.db, "line_account") is not None


def test_nothing_of_one_account_stays_with_the_next(world: UploadWorld) -> None:
    hosts = LineHosts.on_this_computer(world.simulator.url)
    kept = SessionCredentials()
    connect(world, hosts=hosts)
    assert shop.get_json(world.db, "line_verified") is not None
    connecting.sign_out(world.db, kept)
    assert shop.get_json(world.db, "line_figures") is not None, "figures stay after signing out"
    world.simulator.configure_account(user_id="U" + "ab" * 16, display_name="夜夜酒館")
    world.simulator.faults.add("status", status=403, path="/insight/", count=None)
    world.simulator.faults.add("status", status=500, path="/followers/ids", count=None)
    seen = connect(world, hosts=hosts)
    assert seen.connected.other_before == "日日咖啡"
    assert shop.get_json(world.db, "line_figures") is None
    assert shop.get_json(world.db, "line_verified") is None
