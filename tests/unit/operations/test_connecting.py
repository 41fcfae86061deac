"""Connecting a shop to LINE: tried before it is kept, shown by name, and gone without a trace after signing out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.core.errors import UserError, WrongUsage
from desktop.credentials import Kept, KeychainCredentials, LineSecret, SessionCredentials
from desktop.line_api.errors import LineProblem, RetryLater, SignInAgain
from desktop.line_api.transport import LINE_HOSTS, LineHosts
from desktop.operations.line import connecting, uploading
from desktop.store import shop
from tests.scenarios.upload_world import UploadWorld, upload_world

SECRET = "0123456789abcdef" * 2


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def hosts(world: UploadWorld) -> LineHosts:
    return LineHosts.on_this_computer(world.simulator.url)


def connect(
    world: UploadWorld, secret: LineSecret, kept: SessionCredentials | KeychainCredentials
) -> connecting.Connected:
    return connecting.connect(secret, kept, world.in_database, hosts=hosts(world))


@pytest.mark.parametrize("way", ["token", "channel"])
def test_connecting(world: UploadWorld, way: str) -> None:
    line = world.simulator
    secret = (
        LineSecret(token=line.token)
        if way == "token"
        else LineSecret("", line.channel_id, line.channel_secret)
    )
    kept = KeychainCredentials()
    done = connect(world, secret, kept)
    assert (done.account.name, done.account.basic_id) == ("日日咖啡", "@daydaycoffee")
    assert (done.kept, done.other_before) == (Kept.KEYCHAIN, None)
    assert connecting.saved_secret(world.db, KeychainCredentials()) == secret
    saved = shop.get_json(world.db, "line_account")
    assert saved is not None
    assert (saved["displayName"], saved["basicId"]) == ("日日咖啡", "@daydaycoffee")
    for file in world.shop.path.parent.iterdir():
        assert line.token.encode() not in file.read_bytes()
        assert line.channel_secret.encode() not in file.read_bytes()


def test_a_bad_key_is_not_kept(world: UploadWorld) -> None:
    kept = SessionCredentials()
    for secret in (LineSecret(token="wrong"), LineSecret("", world.simulator.channel_id, SECRET)):
        with pytest.raises(SignInAgain):
            connect(world, secret, kept)
    for secret in (LineSecret(), LineSecret(token="two words"), LineSecret("", "x", SECRET)):
        with pytest.raises(UserError):
            connect(world, secret, kept)
    world.simulator.faults.add("cut_before")
    with pytest.raises(RetryLater):
        connect(world, LineSecret(token=world.simulator.token), kept)
    assert connecting.saved_secret(world.db, kept) is None
    assert shop.get_json(world.db, "line_account") is None


def test_another_account_than_before_is_named(world: UploadWorld) -> None:
    kept = SessionCredentials()
    connect(world, LineSecret(token=world.simulator.token), kept)
    assert connect(world, LineSecret(token=world.simulator.token), kept).other_before is None
    world.simulator.configure_account(user_id="U" + "ab" * 16, display_name="夜夜酒館")
    done = connect(world, LineSecret(token=world.simulator.token), kept)
    assert (done.account.name, done.other_before) == ("夜夜酒館", "日日咖啡")


def test_connecting_again_lets_stopped_uploads_go_on(world: UploadWorld) -> None:
    world.people(2)
    world.press()
    old = world.client()
    world.simulator.reissue_token()
    world.finish(1, world.uploader(client=old))
    done = connect(world, LineSecret(token=world.simulator.token), SessionCredentials())
    assert done.resumed_uploads == 1
    assert world.finish().state == "ready"


def test_signing_out(world: UploadWorld) -> None:
    world.people(2)
    world.press()
    kept = KeychainCredentials()
    connect(world, LineSecret(token=world.simulator.token), kept)
    connecting.read_figures(world.client(), world.in_database)
    connecting.sign_out(world.db, kept)
    assert connecting.saved_secret(world.db, KeychainCredentials()) is None
    assert shop.get_json(world.db, "line_account") is None
    assert shop.get_json(world.db, "quota") is None
    assert uploading.existing(world.db, 1).state == "waiting"


def test_figures_with_their_date(world: UploadWorld) -> None:
    read = connecting.read_figures(world.client(), world.in_database, datetime.now(UTC))
    quota, figures = shop.get_json(world.db, "quota"), shop.get_json(world.db, "line_figures")
    assert read.friends is not None
    assert quota is not None
    assert (quota["value"], quota["used"]) == (3_000, 786)
    assert figures == {
        "date": read.friends.day.isoformat(), "followers": 6_020, "blocks": 790, "targetedReaches": 5_230,
    }  # fmt: skip


def test_an_account_that_may_not_ask_for_statistics(world: UploadWorld) -> None:
    world.simulator.faults.add("status", status=403, path="/insight/")
    assert connecting.read_figures(world.client(), world.in_database).friends is None
    assert shop.get_json(world.db, "quota") is not None
    assert shop.get_json(world.db, "line_figures") is None


# Practice never reaches LINE (case 88)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path, practice=True) as made:
        yield made


@pytest.mark.parametrize(
    "secret", [LineSecret(token="a-real-token/of+LINE="), LineSecret("", "2001234567", SECRET)]
)
def test_a_practice_shop_cannot_be_connected_to_line(practice: UploadWorld, secret: LineSecret) -> None:
    kept = SessionCredentials()
    with pytest.raises(UserError) as refused:
        connecting.connect(secret, kept, practice.in_database)
    assert refused.value.text.key == "line.practice_only"
    assert not isinstance(refused.value, LineProblem), "refused before anything is sent"
    with pytest.raises(UserError):
        connecting.client_for(secret, practice=True, hosts=LINE_HOSTS)
    assert connecting.saved_secret(practice.db, kept) is None


def test_a_practice_shop_reaches_this_computer(practice: UploadWorld) -> None:
    assert (
        connect(practice, LineSecret(token=practice.simulator.token), SessionCredentials()).account.name
        == "日日咖啡"
    )


# Without a window


def test_a_token_of_the_environment() -> None:
    environment = {"TAGLINE_LINE_TOKEN": "abc", "HOME": "x"}
    assert connecting.from_environment(environment) == (LineSecret(token="abc"), LINE_HOSTS)
    assert environment == {"HOME": "x"}
    assert connecting.from_environment({}) is None


@pytest.mark.parametrize("names", [("API",), ("API_DATA",), ("API", "API_DATA")])
def test_hosts_of_the_environment_stand_for_both(names: tuple[str, ...]) -> None:
    environment = {"TAGLINE_LINE_TOKEN": "abc"} | {
        f"TAGLINE_LINE_{name}": "http://localhost:8085/" for name in names
    }
    found = connecting.from_environment(environment)
    assert found is not None
    assert found[1] == LineHosts.on_this_computer("http://127.0.0.1:8085")


@pytest.mark.parametrize(
    "host", ["https://api.line.me", "http://example.com", "http://192.168.0.2:80", "nonsense", ""]
)
@pytest.mark.parametrize("name", ["TAGLINE_LINE_API", "TAGLINE_LINE_API_DATA"])
def test_hosts_elsewhere_are_refused(name: str, host: str) -> None:
    with pytest.raises(WrongUsage):
        connecting.from_environment({"TAGLINE_LINE_TOKEN": "abc", name: host})


def test_hosts_without_a_token_are_refused() -> None:
    """Or else a key out of the keychain would go to an address that somebody wrote into the environment."""
    with pytest.raises(WrongUsage):
        connecting.from_environment({"TAGLINE_LINE_API": "http://127.0.0.1:8085"})
