"""Tokens: what is taken for one, how stateless ones come and go, and that no secret shows."""

from __future__ import annotations

import pytest

from desktop.core.errors import UserError
from desktop.line_api.account import account
from desktop.line_api.client import LineClient
from desktop.line_api.errors import RetryLater, SignInAgain
from desktop.line_api.tokens import FixedToken, StatelessTokens, TokenSource, clean_channel, clean_token
from desktop.line_api.transport import LINE_HOSTS, LineHosts
from desktop.simulator.simulator import Simulator
from tests.scenarios.upload_world import StillClock

SECRET = "0123456789abcdef" * 2


def connected(simulator: Simulator, tokens: TokenSource, clock: StillClock | None = None) -> LineClient:
    return LineClient(tokens, hosts=LineHosts.on_this_computer(simulator.url), clock=clock or StillClock())


def issued(simulator: Simulator) -> int:
    return sum(1 for one in simulator.requests if one.path == "/oauth2/v3/token")


@pytest.mark.parametrize("text", ["abc/+=._-09AZ", "  padded\n", "x" * 172])
def test_tokens(text: str) -> None:
    assert clean_token(text) == text.strip()


@pytest.mark.parametrize(
    "text", ["", " ", "two words", "line\nbreak", "權杖", "a\r\nX-Evil: 1", 'quo"te', "tab\tbed"]
)
def test_what_is_no_token_never_reaches_the_network_library(text: str) -> None:
    with pytest.raises(UserError) as raised:
        FixedToken(text)
    assert text.strip() not in str(raised.value) or not text.strip()


def test_channels() -> None:
    assert clean_channel(" 2001234567 ", SECRET.upper() + "\n") == ("2001234567", SECRET)
    for channel_id, secret in (
        ("", SECRET),
        ("20o1234567", SECRET),
        ("2001234567", SECRET[:-1]),
        ("2001234567", "祕" * 32),
    ):
        with pytest.raises(UserError):
            StatelessTokens(channel_id, secret)


def test_no_repr_shows_a_secret() -> None:
    assert "abcdefgh" not in repr(FixedToken("abcdefgh"))
    assert SECRET not in repr(StatelessTokens("2001234567", SECRET))


def test_a_stateless_token_is_used_until_shortly_before_its_end(simulator: Simulator) -> None:
    clock = StillClock()
    client = connected(simulator, StatelessTokens(simulator.channel_id, simulator.channel_secret), clock)
    for passed, wanted in ((0.0, 1), (838.0, 1), (3.0, 2), (838.0, 2), (3.0, 3)):
        clock.now += passed
        account(client)
        assert issued(simulator) == wanted
    client.close()


def test_a_refused_stateless_token_is_renewed_once(simulator: Simulator) -> None:
    client = connected(simulator, StatelessTokens(simulator.channel_id, simulator.channel_secret))
    account(client)
    simulator.faults.add("status", status=401, path="/bot/info$")
    account(client)
    assert issued(simulator) == 2
    simulator.faults.add("status", status=401, path="/bot/info$", count=2)
    with pytest.raises(SignInAgain):
        account(client)
    assert issued(simulator) == 3
    client.close()


def test_a_refused_long_lived_token_is_not_tried_again(simulator: Simulator) -> None:
    client = connected(simulator, FixedToken("wrong-token"))
    with pytest.raises(SignInAgain) as raised:
        account(client)
    assert raised.value.text.key == "line.sign_in_again"
    assert len(simulator.requests) == 1
    client.close()


def test_a_wrong_secret(simulator: Simulator) -> None:
    client = connected(simulator, StatelessTokens(simulator.channel_id, SECRET))
    with pytest.raises(SignInAgain) as raised:
        account(client)
    assert raised.value.text.key == "line.wrong_channel"
    client.close()


@pytest.mark.parametrize("fault", ["cut_before", "cut_after", "truncated_json", "captive_portal"])
def test_no_token_to_be_had_is_only_a_delay(simulator: Simulator, fault: str) -> None:
    client = connected(simulator, StatelessTokens(simulator.channel_id, simulator.channel_secret))
    simulator.faults.add(fault, path="/oauth2")
    with pytest.raises(RetryLater):
        account(client)
    assert account(client).name
    client.close()


def test_a_practice_client_takes_no_address_of_lines() -> None:
    with pytest.raises(ValueError, match="practice"):
        LineClient(FixedToken("any-token"), practice=True)
    with pytest.raises(ValueError, match="practice"):
        LineClient(FixedToken("any-token"), hosts=LINE_HOSTS, practice=True)
