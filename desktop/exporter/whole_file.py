"""Writing a file so that it is there whole or not at all: beside its place first, then put there at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.message import message


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the place to write to; what was written there stands at ``path`` once the block has ended well, else ``path`` is as
    it was before.

    Raises:
        UserError: if the file cannot be written.
    """
    partial = path.with_name(path.name + ".part")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise UserError(
            message("tables.not_written", file=path.name, reason=error.strerror or ""),
            cure=message("tables.not_written.cure"),
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, lines ended with LF.

    Raises:
        UserError: as :func:`whole_file`.
    """
    with whole_file(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")
