"""The ad platforms' lists: hashed as they ask, and nothing readable in them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import Cancelled, UserError
from desktop.core.job import JobContext
from desktop.exporter.hashed_list import Platform, google_phone, meta_phone, normal_email, write_hashed


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_google_hashes_e164_with_its_plus_and_meta_without(tmp_path: Path) -> None:
    people = [(" Mei@Example.COM ", "+886912345678"), (None, "+81312345678"), ("a b@x.tw", None)]
    google = write_hashed(people, tmp_path / "g.csv", Platform.GOOGLE)
    meta = write_hashed(people, tmp_path / "m.csv", Platform.META)
    assert (google.rows, google.emails, google.phones) == (3, 2, 2)
    assert rows_of(google.path) == [
        ["Email", "Phone"],
        [sha("mei@example.com"), sha("+886912345678")],
        ["", sha("+81312345678")],
        [sha("ab@x.tw"), ""],
    ]
    assert rows_of(meta.path) == [
        ["email", "phone"],
        [sha("mei@example.com"), sha("886912345678")],
        ["", sha("81312345678")],
        [sha("ab@x.tw"), ""],
    ]


def test_who_has_nothing_to_hash_is_left_out(tmp_path: Path) -> None:
    people = [(None, None), ("沒有", "0912"), ("@x.tw", ""), ("a@x.tw", None)]
    written = write_hashed(people, tmp_path / "g.csv", Platform.GOOGLE)
    assert written.rows == 1
    assert rows_of(written.path)[1:] == [[sha("a@x.tw"), ""]]


@given(st.text(max_size=30), st.text(max_size=20))
def test_what_is_normal_stays_as_it_is(name: str, phone: str) -> None:
    email = normal_email(f"{name}@Shop.tw")
    assert normal_email(email) == email
    assert email == email.lower()
    assert not any(sign.isspace() for sign in email)
    assert google_phone(google_phone(phone)) == google_phone(phone)
    assert meta_phone(phone) == "" or meta_phone(phone).isdigit()


class _Cancelling(JobContext):
    def raise_if_cancelled(self) -> None:
        raise Cancelled


def test_cancelled_or_failed_it_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("before", encoding="utf-8")
    many: Iterator[tuple[str, None]] = ((f"m{n}@x.tw", None) for n in range(10_000))
    with pytest.raises(Cancelled):
        write_hashed(many, path, Platform.META, _Cancelling())
    assert path.read_text(encoding="utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]
    with pytest.raises(UserError):
        write_hashed([("a@x.tw", None)], tmp_path / "no folder" / "list.csv", Platform.META)
