"""Hashes of erased identities: keyed, the same for every writing, useless without the shop's own key."""

from __future__ import annotations

import hashlib

from desktop.store import shop
from desktop.store.database import Database
from desktop.store.people_lifecycle import erased_keys


def test_nobody_is_erased_at_first(shop_db: Database) -> None:
    erased = erased_keys.load(shop_db)

    assert not erased
    assert not erased.holds("phone", "+886912345678")


def test_an_erased_identity_is_known_again_under_its_own_kind_only(shop_db: Database) -> None:
    assert erased_keys.remember(shop_db, [("phone", "+886912345678"), ("member_no", "ab-1")]) == 2
    erased = erased_keys.load(shop_db)

    assert erased.holds("phone", "+886912345678")
    assert erased.holds("member_no", "AB-1")
    assert not erased.holds("email", "+886912345678")
    assert not erased.holds("phone", None)
    assert erased_keys.remember(shop_db, [("phone", "+886912345678")]) == 0


def test_a_hash_cannot_be_made_without_the_shops_key(shop_db: Database) -> None:
    erased_keys.remember(shop_db, [("phone", "+886912345678")])

    (kept,) = erased_keys.hashes(shop_db)
    assert kept != hashlib.sha256(b"phone:+886912345678").hexdigest()
    assert kept != erased_keys.hash_of("00" * 32, "phone", "+886912345678")
    assert kept == erased_keys.hash_of(shop.get(shop_db, "erase_key"), "phone", "+886912345678")
