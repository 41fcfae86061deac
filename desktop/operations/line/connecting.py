"""Connecting a shop to its LINE account: the owner's channel or token is tried before it is kept, the
account's name is shown, and signing out leaves nothing behind."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError, WrongUsage
from desktop.core.message import message
from desktop.credentials import Credentials, Kept, LineSecret, token_from_environment
from desktop.line_api.account import Account, FriendFigures, Quota, account, friend_figures, quota
from desktop.line_api.client import LineClient
from desktop.line_api.errors import Refused
from desktop.line_api.rate_limit import Clock
from desktop.line_api.tokens import FixedToken, StatelessTokens, TokenSource
from desktop.line_api.transport import LINE_HOSTS, LineHosts
from desktop.line_api.uploading.hooks import InDatabase
from desktop.operations.line import provider_check, uploading
from desktop.operations.line.account import verification
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.reach import message_months

API_VARIABLE = "TAGLINE_LINE_API"
API_DATA_VARIABLE = "TAGLINE_LINE_API_DATA"


@dataclass(frozen=True, slots=True)
class Connected:
    """The shop is connected to ``account``. ``kept`` says whether the key to it will still be there after a
    restart; ``other_before`` is the name of the account the shop was connected to before, if that was
    another."""

    account: Account
    kept: Kept
    other_before: str | None
    resumed_uploads: int
    changes: Changes = field(default=Changes.of(Kind.LINE, Kind.ACCOUNT, Kind.OUTBOX))


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """What LINE tells about the account now; ``friends`` is None while LINE has no figures, or does not give
    this account any."""

    account: Account
    quota: Quota
    friends: FriendFigures | None
    changes: Changes = field(default=Changes.of(Kind.LINE))


def token_source(secret: LineSecret) -> TokenSource:
    """Where the tokens of this secret come from.

    Raises:
        UserError: if it cannot be a token, or a channel's ID and secret.
    """
    if secret.token:
        return FixedToken(secret.token)
    return StatelessTokens(secret.channel_id, secret.channel_secret)


def client_for(
    secret: LineSecret, *, practice: bool, hosts: LineHosts = LINE_HOSTS, clock: Clock | None = None
) -> LineClient:
    """A client for a shop.

    Args:
        secret: the owner's token or channel.
        practice: whether the shop is a practice shop, which can never reach LINE.
        hosts: LINE's own, or an address on this computer.
        clock: for waits.

    Raises:
        UserError: if the secret cannot be one, or a practice shop would reach LINE.
    """
    if practice and not hosts.local:
        raise UserError(message("line.practice_only"))
    return LineClient(token_source(secret), hosts=hosts, practice=practice, clock=clock)


def saved_secret(db: Database, credentials: Credentials) -> LineSecret | None:
    """The secret the owner connected this shop with, or None.

    Raises:
        KeychainClosed: if the keychain is locked or access was denied.
    """
    return credentials.load(shop.get(db, "key"))


def connect(
    secret: LineSecret,
    credentials: Credentials,
    in_database: InDatabase,
    *,
    hosts: LineHosts = LINE_HOSTS,
    clock: Clock | None = None,
) -> Connected:
    """Try a secret at LINE; if it is good, keep it in the keychain and the account's name in the shop, and
    let uploads that stopped for want of it go on.

    Raises:
        UserError: if the secret cannot be one, is too long for a keychain, or a practice shop would reach
            LINE.
        LineProblem: if LINE does not accept it or cannot be reached; nothing is kept then.
    """
    key, practice = in_database(lambda db: (shop.get(db, "key"), shop.is_practice(db)))
    found = account(client_for(secret, practice=practice, hosts=hosts, clock=clock))
    kept = credentials.save(key, secret)

    def write(db: Database) -> Connected:
        with db.transaction():
            before = shop.get_json(db, "line_account") or shop.get_json(db, "line_account_before") or {}
            other = before.get("displayName") if before.get("userId") not in (None, found.user_id) else None
            if other is not None:
                _forget_other_account(db)
            _keep_account(db, found)
            resumed = uploading.after_sign_in(db).count
        return Connected(found, kept, other, resumed)

    return in_database(write)


def sign_out(db: Database, credentials: Credentials) -> Changes:
    """Forget the shop's secret and its account. Uploads stay where they are, and so do LINE's figures; which account it was stays
    known, so that another one is noticed.

    Raises:
        KeychainClosed: if the keychain is locked or access was denied; the shop still counts as connected
            then.
    """
    credentials.delete(shop.get(db, "key"))
    with db.transaction():
        account = shop.get_json(db, "line_account") or {}
        if account.get("userId"):
            kept = {name: account.get(name) for name in ("userId", "displayName")}
            shop.put_json(db, "line_account_before", kept)
        for name in ("line_account", "quota"):
            shop.put(db, name, "")
    return Changes.of(Kind.LINE, Kind.ACCOUNT)


def read_figures(client: LineClient, in_database: InDatabase, now: datetime | None = None) -> AccountFigures:
    """Read name, quota and friend figures of the account, and keep them with their date in the shop.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        now: this instant with its zone; the computer's clock if it is None.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    found, messages = account(client), quota(client)
    try:
        counted = friend_figures(client, now or datetime.now(UTC))
    except Refused:
        # Some accounts may not ask for statistics; the owner can type LINE's figures in.
        counted = None

    def write(db: Database) -> None:
        with db.transaction():
            _keep_account(db, found)
            shop.put_json(
                db, "quota", {"value": messages.value, "used": messages.used, "at": history.utc_now()}
            )
            message_months.note(db, messages.used, datetime.now(UTC))
            if counted is not None:
                shop.put_json(db, "line_figures", _figures(counted))

    in_database(write)
    return AccountFigures(found, messages, counted)


def from_environment(
    environment: MutableMapping[str, str] | None = None,
) -> tuple[LineSecret, LineHosts] | None:
    """Token and hosts of headless use; None without a token there. The token is taken out of the environment.
    Hosts named in the environment are used with a token of the environment only, so that a key out of the
    keychain never goes to one of them.

    Raises:
        WrongUsage: if a host is not an address on this computer, or is named without a token.
    """
    variables = os.environ if environment is None else environment
    secret = token_from_environment(variables)
    # A variable that is there but empty is a script's mistake; its token is for somewhere else than LINE.
    if not {API_VARIABLE, API_DATA_VARIABLE} & variables.keys():
        return None if secret is None else (secret, LINE_HOSTS)
    api, data = variables.get(API_VARIABLE, ""), variables.get(API_DATA_VARIABLE, "")
    if secret is None:
        raise WrongUsage(message("line.hosts_without_token"))
    try:
        return secret, LineHosts.on_this_computer(api or data, data or api)
    except ValueError as error:
        raise WrongUsage(message("line.hosts_not_local")) from error


def _forget_other_account(db: Database) -> None:
    """What LINE told of the account before is not this one's."""
    for name in ("quota", "line_figures"):
        shop.put(db, name, "")
    provider_check.forget(db)
    verification.forget(db)


def _keep_account(db: Database, found: Account) -> None:
    shop.put_json(
        db,
        "line_account",
        {
            "userId": found.user_id,
            "basicId": found.basic_id,
            "displayName": found.name,
            "pictureUrl": found.picture_url,
            "chatMode": found.chat_mode,
            "premiumId": found.premium_id,
            "checked_at": history.utc_now(),
        },
    )


def _figures(counted: FriendFigures) -> dict[str, object]:
    return {
        "date": counted.day.isoformat(),
        "followers": counted.followers,
        "blocks": counted.blocks,
        "targetedReaches": counted.targeted_reaches,
    }
