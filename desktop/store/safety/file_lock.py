"""One process a shop: an exclusive lock on ``<file>.lock``, given back by the system itself when its holder dies, so
that a killed program never locks its owner out. The file's text only tells who holds it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from desktop.store.safety import disk
from desktop.store.safety.shop_errors import DiskFull, FolderNotWritable, LockOwner, PathTooLong, ShopInUse

# Windows locks are mandatory for the bytes they cover: a byte far behind the text leaves the text readable.
_LOCKED_BYTE = 1 << 30


class FileLock:
    """A held lock; make one with :meth:`acquire`, give it back with :meth:`release`."""

    def __init__(self, shop: Path, descriptor: int, owner: LockOwner) -> None:
        self.shop = shop
        self.owner = owner
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, shop: Path) -> FileLock:
        """Take the lock of the shop file ``shop`` (which need not exist yet).

        Raises:
            ShopInUse: somebody living holds it.
            FolderNotWritable, DiskFull, PathTooLong: the lock file cannot be made.
        """
        lock_file = lock_path(shop)
        while True:
            descriptor = _open(lock_file)
            if not _lock(descriptor):
                os.close(descriptor)
                raise ShopInUse(shop, read_owner(shop))
            if _still_there(descriptor, lock_file):
                break
            # Its former holder removed the file between our opening and locking it.
            os.close(descriptor)
        owner = LockOwner(os.getpid(), secrets.token_hex(16), datetime.now(UTC).isoformat(timespec="seconds"))
        _write(descriptor, owner)
        return cls(shop, descriptor, owner)

    @property
    def held(self) -> bool:
        """Whether it was not given back yet."""
        return self._descriptor is not None

    def release(self) -> None:
        """Give the lock back and remove its file; a second call does nothing."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        # Removed while still locked, so that a waiting process notices; Windows refuses that and removes it after.
        with contextlib.suppress(OSError):
            lock_path(self.shop).unlink()
        _unlock(descriptor)
        os.close(descriptor)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                lock_path(self.shop).unlink()

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def lock_path(shop: Path) -> Path:
    """The lock file that stands beside a shop file."""
    return shop.with_name(shop.name + ".lock")


def read_owner(shop: Path) -> LockOwner | None:
    """Who wrote the lock file last, alive or not; None if there is none or it says nothing."""
    try:
        said = json.loads(lock_path(shop).read_text(encoding="utf-8"))
        return LockOwner(int(said["pid"]), str(said["nonce"]), str(said["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _open(lock_file: Path) -> int:
    try:
        return os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            if disk.release_reserve(lock_file.parent):
                return _open(lock_file)
            raise DiskFull(lock_file, disk.RESERVE_BYTES) from error
        if error.errno == errno.ENAMETOOLONG:
            raise PathTooLong(lock_file) from error
        raise FolderNotWritable(lock_file.parent, str(error)) from error


def _write(descriptor: int, owner: LockOwner) -> None:
    text = json.dumps({"pid": owner.pid, "nonce": owner.nonce, "started": owner.started})
    # On a full disk the lock itself still holds; only its inscription is missing.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text.encode())


def _still_there(descriptor: int, lock_file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), lock_file.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
