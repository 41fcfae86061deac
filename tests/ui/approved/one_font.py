"""The one font of approved pictures. Another weight or version of the font that a machine has would change them: so the font of the
tests is loaded under names no machine knows, in its one weight, and what is bold is made so by Qt everywhere alike."""

from __future__ import annotations

import struct
from functools import cache
from importlib import resources

from PySide6.QtGui import QFontDatabase

FAMILIES = {"zh_TW": "Approved TC", "en": "Approved TC", "ja": "Approved JP"}
"""Language → family."""

_FACES = {"Approved TC": "Noto Sans CJK TC", "Approved JP": "Noto Sans CJK JP"}
_HEADER, _ENTRY, _NAME_ENTRY = 12, 16, 12
_FAMILY, _STYLE, _FULL = 1, 2, 4
_WINDOWS, _UNICODE, _ENGLISH = 3, 1, 0x409


@cache
def load(family: str) -> None:
    """Make a family of FAMILIES known to Qt."""
    whole = (resources.files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc").read_bytes()
    number = QFontDatabase.addApplicationFontFromData(renamed(face(whole, _FACES[family]), family))
    assert family in QFontDatabase.applicationFontFamilies(number)


def face(collection: bytes, family: str) -> dict[bytes, bytes]:
    """The tables of the font with that family name in a font collection.

    Raises:
        LookupError: if there is none.
    """
    (count,) = struct.unpack_from(">I", collection, 8)
    for offset in struct.unpack_from(f">{count}I", collection, 12):
        (number,) = struct.unpack_from(">H", collection, offset + 4)
        tables = {}
        for at in range(number):
            tag, _, start, length = struct.unpack_from(">4sIII", collection, offset + _HEADER + at * _ENTRY)
            tables[tag] = memoryview(collection)[start : start + length]
        if family.encode("utf-16-be") in _names(bytes(tables[b"name"])):
            return {tag: bytes(table) for tag, table in tables.items()}
    raise LookupError(family)


def renamed(tables: dict[bytes, bytes], family: str) -> bytes:
    """A font file of these tables under another family name."""
    tables = {**tables, b"name": _name_table({_FAMILY: family, _STYLE: "Regular", _FULL: family})}
    offset = _HEADER + _ENTRY * len(tables)
    head = [struct.pack(">4sHHHH", b"OTTO", len(tables), 0, 0, 0)]
    body = []
    for tag in sorted(tables):
        table = tables[tag] + bytes(-len(tables[tag]) % 4)
        head.append(struct.pack(">4sIII", tag, 0, offset, len(tables[tag])))
        body.append(table)
        offset += len(table)
    return b"".join(head + body)


def _names(table: bytes) -> list[bytes]:
    count, strings = struct.unpack_from(">HH", table, 2)
    found = []
    for at in range(count):
        *_, kind, length, start = struct.unpack_from(">6H", table, 6 + at * _NAME_ENTRY)
        if kind == _FAMILY:
            found.append(table[strings + start : strings + start + length])
    return found


def _name_table(names: dict[int, str]) -> bytes:
    entries, strings = b"", b""
    for kind, name in sorted(names.items()):
        text = name.encode("utf-16-be")
        entries += struct.pack(">6H", _WINDOWS, _UNICODE, _ENGLISH, kind, len(text), len(strings))
        strings += text
    return struct.pack(">HHH", 0, len(names), 6 + len(entries)) + entries + strings
