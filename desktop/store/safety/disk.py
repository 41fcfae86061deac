"""The disk as the shop file sees it: free room, whether a folder can be written, files replaced whole. The seams
through which full disks, read-only folders and virus scanners are tried out."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desktop.store.safety.shop_errors import DiskFull, FileHeld, FolderNotWritable

Sleep = Callable[[float], None]

SPACE_FACTOR = 3
"""An import or a backup needs this many times the shop file's size free."""

RESERVE_BYTES = 20_000_000
"""Size of the reserve file, and the least free room with which a shop is opened for writing."""

REPLACE_TRIES = 5
REPLACE_PAUSE_SECONDS = 0.6
"""Five tries over three seconds: a virus scanner lets go of a new file within that time."""


A_DAY_SECONDS = 86_400
WORK_FOLDER = ".tagline-"
"""How the names of folders begin in which something is worked out beside a shop."""

LONG_ON_WINDOWS = 230

_LEFT_BEHIND = re.compile(r"\.[0-9a-f]{12}\.tmp(-journal|-wal|-shm)?|\.tagline-\w+")


def free_bytes(folder: Path) -> int:
    """Room left for this user on the disk of ``folder`` (which exists)."""
    return shutil.disk_usage(folder).free


def require_space(folder: Path, needed: int) -> None:
    """Raise unless ``needed`` bytes are free on the disk of ``folder``.

    Raises:
        DiskFull: with the bytes needed.
    """
    if free_bytes(folder) < needed:
        raise DiskFull(folder, needed)


def reserve_file(folder: Path) -> Path:
    """A file of random bytes beside the shops, deleted when the disk is full so that work can be ended cleanly."""
    return folder / "reserve.bin"


def keep_reserve(folder: Path) -> bool:
    """Make the reserve file if it is missing and there is ample room; whether it stands now."""
    file = reserve_file(folder)
    if file.exists():
        return True
    if free_bytes(folder) < 10 * RESERVE_BYTES:
        return False
    temporary = temporary_beside(file)
    try:
        # Random, so that a file system that compresses really sets the room aside.
        temporary.write_bytes(os.urandom(RESERVE_BYTES))
        temporary.replace(file)
    except OSError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    return True


def release_reserve(folder: Path) -> bool:
    """Delete the reserve file; whether there was one."""
    try:
        reserve_file(folder).unlink()
    except OSError:
        return False
    return True


def can_write(folder: Path) -> bool:
    """Whether a file can be made in ``folder``; found out by making one, as only that is true on every platform."""
    probe = folder / f".{secrets.token_hex(4)}.tmp"
    try:
        probe.touch(exist_ok=False)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        probe.unlink()
    return True


def can_change(file: Path) -> bool:
    """Whether an existing file can be written. Only for files this process does not have open: closing drops locks."""
    try:
        file.open("r+b").close()
    except OSError:
        return False
    return True


def create_folder(folder: Path) -> None:
    """Create ``folder`` and what is missing above it, for this user only where the platform knows such modes.

    Raises:
        FolderNotWritable: it cannot be created.
    """
    if folder.is_dir():
        return
    create_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise FolderNotWritable(folder, str(error)) from error


def reachable(path: Path) -> Path:
    """A path under which files with long names can be reached on this platform too."""
    return Path(extended(str(path.absolute()), sys.platform))


def extended(path: str, platform: str) -> str:
    r"""Windows takes paths beyond 260 characters only behind ``\\?\``; other platforms leave them as they are.

    Learn, "Maximum Path Length Limitation". The names of side files and temporary files need some of the room.
    """
    if platform != "win32" or len(path) < LONG_ON_WINDOWS or path.startswith("\\\\"):
        return path
    return "\\\\?\\" + path.replace("/", "\\")


def temporary_beside(path: Path) -> Path:
    """A free name in the same folder; short, because long names of shops are allowed."""
    return path.with_name(f".{secrets.token_hex(6)}.tmp")


def sweep(folder: Path, *, now: float | None = None) -> int:
    """Delete what a killed program left half-made in ``folder``: its own temporary files a day old and more.

    Args:
        now: seconds since 1970, instead of the computer's clock.

    Returns:
        How many were deleted.
    """
    moment = time.time() if now is None else now
    swept = 0
    for entry in folder.iterdir():
        # A file from the future was left under a wrong clock; one of today may be somebody's at work.
        with contextlib.suppress(OSError):
            if _LEFT_BEHIND.fullmatch(entry.name) and abs(moment - entry.stat().st_mtime) > A_DAY_SECONDS:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
                swept += 1
    return swept


def flush_to_disk(path: Path) -> None:
    """Wait until a file's bytes, and where the platform can its folder's entry, are on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Wait until a folder's entries are on the disk; Windows has no such call and needs none after a replace."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path, *, sleep: Sleep = time.sleep) -> None:
    """Put ``source`` in the place of ``target`` in one step, waiting for a program that holds one of them.

    Raises:
        FileHeld: after five tries over three seconds; ``target`` is as it was.
    """
    _patiently(lambda: source.replace(target), target, sleep)
    flush_folder(target.parent)


def remove(path: Path, *, sleep: Sleep = time.sleep) -> None:
    """Delete a file that may be missing, waiting for a program that holds it.

    Raises:
        FileHeld: after five tries over three seconds.
    """
    _patiently(lambda: path.unlink(missing_ok=True), path, sleep)


def _patiently(action: Callable[[], object], path: Path, sleep: Sleep) -> None:
    for attempt in range(REPLACE_TRIES):
        try:
            action()
        except PermissionError as error:
            if attempt == REPLACE_TRIES - 1:
                raise FileHeld(path) from error
            sleep(REPLACE_PAUSE_SECONDS)
        else:
            return
