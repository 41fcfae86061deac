"""Reading multipart forms, as clients write them and as they must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.fields import RequestField
from urllib3.filepost import encode_multipart_formdata

from desktop.simulator.calls.multipart import BadForm, parse
from desktop.simulator.exchange import media_type


@given(
    name=st.text(min_size=1),
    content=st.binary(),
    filename=st.text(st.characters(min_codepoint=32), min_size=1),
)
def test_forms_of_urllib3_are_read_back(name: str, content: bytes, filename: str) -> None:
    field = RequestField("file", content, filename="ids.txt")
    field.make_multipart(content_type="text/plain")
    text = RequestField("description", name.encode("utf-8", "replace"))
    text.make_multipart()
    body, kind = encode_multipart_formdata([text, field])
    parts = parse(body, media_type(kind)[1]["boundary"])
    assert [(part.name, part.filename) for part in parts] == [("description", None), ("file", "ids.txt")]
    assert parts[0].text() == name.encode("utf-8", "replace").decode("utf-8", "replace")
    assert bytes(parts[1].content) == content
    assert [part.content_type for part in parts] == ["", "text/plain"]


def test_parameters_of_a_part_do_not_hide_its_type() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nU\r\n--x--\r\n"
    )
    assert [(part.content_type, bytes(part.content)) for part in parse(body, "x")] == [("text/plain", b"U")]


@pytest.mark.parametrize(
    ("body", "boundary"),
    [
        (b"", "x"),
        (b"--x--", ""),
        (b"nothing", "x"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', "x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", "x"),
        (b"--x\r\n\r\n1\r\n--x--", "x"),
        (b"--x\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--x--", "x"),
        (b"--x\r\nno end of headers\r\n--x--", "x"),
        (b"--xyz\r\n\r\n", "x"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 60 + b"--x--", "x"),
    ],
)
def test_broken_forms_are_refused(body: bytes, boundary: str) -> None:
    with pytest.raises(BadForm):
        parse(body, boundary)


@given(body=st.binary(), boundary=st.sampled_from(["x", "-", "--"]))
def test_no_bytes_break_the_reader(body: bytes, boundary: str) -> None:
    try:
        parts = parse(b"--" + boundary.encode() + b"\r\n" + body, boundary)
    except BadForm:
        return
    assert all(part.name is not None for part in parts)
