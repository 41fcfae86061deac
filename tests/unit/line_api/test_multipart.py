"""The streamed form: byte for byte what a plain multipart form would be, however it is read."""

from __future__ import annotations

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import Cancelled
from desktop.line_api.multipart import MultipartFile
from tests.scenarios.upload_world import user_id


def form(ids: list[str], block: int = 3, **options) -> MultipartFile:  # type: ignore[no-untyped-def]
    blocks = [ids[start : start + block] for start in range(0, len(ids), block)]
    return MultipartFile({"description": '熟客"；', "uploadDescription": "op-0"}, blocks, len(ids), **options)


def parts(body: MultipartFile, content: bytes) -> dict[str, tuple[str, bytes]]:
    head = f"Content-Type: {body.content_type}\r\n\r\n".encode()
    message = email.message_from_bytes(head + content, policy=email.policy.HTTP)
    return {
        one.get_param("name", header="content-disposition"): (
            one.get_content_type(),
            one.get_payload(decode=True),
        )
        for one in message.iter_parts()  # type: ignore[attr-defined]
    }  # type: ignore[return-value]


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 200))
def test_read_in_any_pieces(count: int, block: int, size: int) -> None:
    ids = [user_id(number) for number in range(count)]
    body = form(ids, block)
    content = b""
    while piece := body.read(size):
        assert len(piece) <= size
        content += piece
    assert len(content) == len(body)
    assert body.complete
    found = parts(body, content)
    assert found["description"][1].decode() == '熟客"；'
    assert found["uploadDescription"][1] == b"op-0"
    assert found["file"] == ("text/plain", "".join(f"{one}\n" for one in ids).encode())


def test_read_whole_and_as_an_iterator() -> None:
    ids = [user_id(number) for number in range(10)]
    assert len(form(ids).read()) == len(form(ids))
    assert sum(map(len, form(ids))) == len(form(ids))


def test_progress_and_the_moment_the_last_byte_leaves() -> None:
    seen: list[tuple[int, int]] = []
    gone: list[int] = []
    body = form([user_id(1), user_id(2)], progress=lambda sent, total: seen.append((sent, total)))
    body.when_sent = lambda: gone.append(body.sent)
    while body.read(50):
        assert body.complete == bool(gone)
    assert seen[-1] == (len(body), len(body))
    assert gone == [len(body)]


def test_it_can_be_stopped_before_its_end() -> None:
    calls = 0

    def checked() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Cancelled

    body = form([user_id(number) for number in range(9)], checked=checked)
    with pytest.raises(Cancelled):
        body.read()
    assert not body.complete


@pytest.mark.parametrize("announced", [2, 4])
def test_a_list_of_another_length_is_noticed(announced: int) -> None:
    body = MultipartFile({}, [[user_id(1), user_id(2), user_id(3)]], announced)
    with pytest.raises(ValueError, match="changed"):
        body.read()
