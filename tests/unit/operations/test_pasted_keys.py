"""What owners paste as channel ID, secret and token: put right where that is certain, else called by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.operations.line.account import on_this_computer, pasted_keys
from desktop.settings import Settings

ID, SECRET = "2001234567", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
TOKEN = "kR8f+" + "Ab3/" * 41 + "w1cDnyilFU="


@pytest.mark.parametrize(
    ("number", "secret", "notes"),
    [
        (ID, SECRET, []),
        (f" {ID}\n", f"{SECRET} ", []),
        ("２００１２３４５６７", SECRET, ["cleaned"]),
        ("2001 234 567", f"{SECRET[:16]}\r\n{SECRET[16:]}", ["cleaned"]),
        (f"Channel ID: {ID}", f"Channel secret：{SECRET}", ["cleaned"]),
        (f"\u200b{ID}", f"\ufeff{SECRET}\u200e", ["cleaned"]),
        (f"「{ID}」", f"“{SECRET}”", ["cleaned"]),
        (ID, SECRET.upper(), ["cleaned"]),
        (SECRET, ID, ["swapped"]),
        (f"{SECRET} ", f" {ID}", ["swapped"]),
    ],
)
def test_put_right(number: str, secret: str, notes: list[str]) -> None:
    pasted = pasted_keys.channel(number, secret)
    assert (pasted.secret.channel_id, pasted.secret.channel_secret) == (ID, SECRET)
    kinds = [note.key.rpartition(".")[2] for note in pasted.notes]
    assert kinds == notes or kinds == [*notes, "cleaned"][: len(kinds)]


@pytest.mark.parametrize(
    ("number", "secret", "key"),
    [
        ("", SECRET, "line_account.wrong.no_id"),
        (ID, " ", "line_account.wrong.no_secret"),
        ("@daydaycoffee", SECRET, "line_account.wrong.basic_id"),
        ("U" + "1" * 32, SECRET, "line_account.wrong.user_id"),
        (ID, "U" + "1" * 32, "line_account.wrong.user_id"),
        (TOKEN, SECRET, "line_account.wrong.token_here"),
        (ID, TOKEN, "line_account.wrong.token_here"),
        (ID, SECRET[:-1], "line_account.wrong.secret_length"),
        (ID, "日日咖啡", "line.not_a_channel_secret"),
        ("日日咖啡", SECRET, "line.not_a_channel_id"),
        ("12", SECRET, "line.not_a_channel_id"),
    ],
)
def test_called_by_its_name(number: str, secret: str, key: str) -> None:
    with pytest.raises(UserError) as wrong:
        pasted_keys.channel(number, secret)
    assert wrong.value.text.key == key
    assert wrong.value.cure is not None
    assert number not in str(wrong.value) or not number
    assert secret not in repr(wrong.value.text) or not secret.strip()


@pytest.mark.parametrize("text", [TOKEN, f" {TOKEN}\n", f"Bearer {TOKEN}", f"{TOKEN[:60]}\n{TOKEN[60:]}"])
def test_a_token(text: str) -> None:
    assert pasted_keys.token(text).secret.token == TOKEN


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "line_account.wrong.no_token"),
        (SECRET, "line_account.wrong.secret_as_token"),
        (ID, "line_account.wrong.id_as_token"),
        ("U" + "1" * 32, "line_account.wrong.user_id"),
        ("一段中文", "line.not_a_token"),
    ],
)
def test_no_token(text: str, key: str) -> None:
    with pytest.raises(UserError) as wrong:
        pasted_keys.token(text)
    assert wrong.value.text.key == key


SPACES = st.text("\u3000 \t\r\n\u200b\ufeff", max_size=3)


@given(
    st.from_regex(r"\A[0-9]{10}\Z"),
    st.from_regex(r"\A[0-9a-f]{32}\Z").filter(lambda text: not text.isdigit()),
    st.lists(SPACES, min_size=4, max_size=4),
)
def test_spaces_anywhere_never_matter(number: str, secret: str, between: list[str]) -> None:
    a, b, c, d = between
    pasted = pasted_keys.channel(f"{a}{number[:4]}{b}{number[4:]}", f"{c}{secret[:9]}{d}{secret[9:]}")
    assert (pasted.secret.channel_id, pasted.secret.channel_secret) == (number, secret)
    swapped = pasted_keys.channel(secret, number)
    assert swapped.secret == pasted.secret


@given(st.text(max_size=60), st.text(max_size=60))
def test_anything_pasted_is_a_key_or_a_sentence(number: str, secret: str) -> None:
    try:
        pasted = pasted_keys.channel(number, secret)
    except UserError:
        return
    assert pasted.secret.channel_id.isdecimal()
    assert len(pasted.secret.channel_secret) == 32


def test_one_account_in_two_shops_is_noticed(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    here, there, gone = (tmp_path / name for name in ("日.tagline", "夜.tagline", "舊.tagline"))
    for file in (here, there):
        file.write_bytes(b"")
    for file in (here, there, gone):
        on_this_computer.remember(settings, file, "U1")
    assert on_this_computer.others(settings, here, "U1") == (there,), "a file that is gone does not count"
    assert on_this_computer.others(settings, here, "U2") == ()
    on_this_computer.forget(settings, there)
    assert on_this_computer.others(Settings(tmp_path / "settings.json"), here, "U1") == ()
