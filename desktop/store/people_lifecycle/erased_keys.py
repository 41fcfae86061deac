"""What stays of people who were erased: keyed hashes of their identities, so that no import brings them back. Without the shop
file's own key they cannot be compared with anything, and nothing can be read out of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.store import shop
from desktop.store.database import Database
from desktop.store.history import utc_now

KEYS = ("member_no", "line_user_id", "phone", "email")
"""The columns of a person that identify her, strongest first."""

_SECRET = "erase_key"


@dataclass(frozen=True, slots=True)
class ErasedKeys:
    """All hashes of a shop, for asking about many rows of a file."""

    secret: str
    known: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.known)

    def holds(self, key: str, value: str | None) -> bool:
        """Whether somebody who was erased had this identity.

        Args:
            key: one of KEYS.
            value: as the shop file keeps it (E.164 phone, lower-case e-mail), or None.
        """
        return value is not None and bool(self.known) and hash_of(self.secret, key, value) in self.known


def load(db: Database, schema: str = "") -> ErasedKeys:
    """The shop's erased identities.

    Args:
        schema: "shop." where the shop is attached under that name.
    """
    secret = db.value(f"SELECT value FROM {schema}shop WHERE key = ?", (_SECRET,))
    return ErasedKeys("" if secret is None else str(secret), hashes(db, schema))


def hashes(db: Database, schema: str = "") -> frozenset[str]:
    """The hashes of all erased identities."""
    return frozenset(db.column(f"SELECT hash FROM {schema}erased_key"))


def hash_of(secret: str, key: str, value: str) -> str:
    """The hash under which an identity is remembered: HMAC-SHA256 over "key:value", in hex.

    Args:
        secret: the shop's own, see :func:`load`.
        key: one of KEYS.
        value: as the shop file keeps it; capitals do not count.
    """
    text = f"{key}:{value.casefold()}".encode("utf-8", "surrogatepass")
    return hmac.digest(bytes.fromhex(secret), text, hashlib.sha256).hex()


def remember(db: Database, identities: Iterable[tuple[str, str]]) -> int:
    """Keep the hashes of identities (key, value) inside the caller's transaction; returns how many are new."""
    secret = shop.get(db, _SECRET)
    if not secret:
        secret = secrets.token_hex(32)
        shop.put(db, _SECRET, secret)
    before = int(db.value("SELECT count(*) FROM erased_key"))
    at = utc_now()
    db.many(
        "INSERT OR IGNORE INTO erased_key (hash, erased_at) VALUES (?, ?)",
        [(hash_of(secret, key, value), at) for key, value in identities],
    )
    return int(db.value("SELECT count(*) FROM erased_key")) - before
