"""Reading multipart forms, as clients write them and as they must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.fields import RequestField
from urllib3.filepost import encode_multipart_formdata

from desktop.simulator.calls.multipart import BadForm, parse
from desktop.simulator.exchange import header_parts


@given(name=st.text(min_size=1), content=st.binary())
def test_forms_of_urllib3_are_read_back(name: str, content: bytes) -> None:
    field = RequestField("file", content, filename="ids.txt")
    field.make_multipart(content_type="text/plain")
    text = RequestField("description", name.encode("utf-8", "replace"))
    text.make_multipart()
    body, kind = encode_multipart_formdata([text, field])
    parts = parse(body, header_parts(kind)[1]["boundary"])
    assert [part.name for part in parts] == ["description", "file"]
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


_HEADER_LIKE = st.text("form-data;name=\"'*%utf8\r\n\t \\,()<>:/\x00é中", max_size=60)


@given(disposition=_HEADER_LIKE, kind=_HEADER_LIKE, content=st.binary())
def test_no_headers_break_the_reader(disposition: str, kind: str, content: bytes) -> None:
    head = f"--x\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: {kind}\r\n\r\n"
    try:
        parts = parse(head.encode() + content + b"\r\n--x--", "x")
    except BadForm:
        return
    assert all(isinstance(part.name, str) for part in parts)


@pytest.mark.parametrize(
    ("header", "value", "parameters"),
    [
        ("", "", {}),
        ("Text/Plain", "text/plain", {}),
        ("text/plain; Charset=UTF-8", "text/plain", {"charset": "UTF-8"}),
        ('form-data; name="a;b\\"c"; filename=x.txt', "form-data", {"name": 'a;b"c', "filename": "x.txt"}),
        ('form-data; name=""', "form-data", {"name": ""}),
        ("multipart/form-data; boundary", "multipart/form-data", {}),
    ],
)
def test_headers_come_apart(header: str, value: str, parameters: dict[str, str]) -> None:
    assert header_parts(header) == (value, parameters)
