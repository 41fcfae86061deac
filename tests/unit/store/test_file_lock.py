"""One process a shop; a dead one is no obstacle."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.safety.file_lock import FileLock, lock_path, read_owner
from desktop.store.safety.shop_errors import ShopInUse

HOLDER = """
import sys, os
from pathlib import Path
from desktop.store.safety.file_lock import FileLock
lock = FileLock.acquire(Path(sys.argv[1]))
print(lock.owner.nonce, flush=True)
sys.stdin.readline()
os._exit(9)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return tmp_path / "店.tagline"


def test_a_second_lock_is_refused_and_told_who_holds_the_first(shop: Path) -> None:
    with FileLock.acquire(shop) as lock, pytest.raises(ShopInUse) as caught:
        FileLock.acquire(shop)
    assert caught.value.owner == lock.owner
    assert lock.owner.pid == os.getpid()


def test_a_released_lock_leaves_no_file_and_can_be_taken_again(shop: Path) -> None:
    for _ in range(3):
        lock = FileLock.acquire(shop)
        assert lock_path(shop).exists()
        assert lock.held
        lock.release()
        lock.release()
        assert not lock.held
        assert not lock_path(shop).exists()


def test_each_holder_has_its_own_name(shop: Path) -> None:
    with FileLock.acquire(shop) as first:
        pass
    with FileLock.acquire(shop) as second:
        pass
    assert first.owner.nonce != second.owner.nonce


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "nonce": 1, "started": 2}'])
def test_a_lock_file_with_nonsense_in_it_locks_nobody_out(shop: Path, text: str) -> None:
    lock_path(shop).write_text(text, encoding="utf-8")
    assert read_owner(shop) is None
    with FileLock.acquire(shop) as lock:
        assert read_owner(shop) == lock.owner


def test_another_process_holds_the_lock_until_it_dies(shop: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(shop)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    nonce = holder.stdout.readline().strip()
    with pytest.raises(ShopInUse) as caught:
        FileLock.acquire(shop)
    assert caught.value.owner is not None
    assert (caught.value.owner.pid, caught.value.owner.nonce) == (holder.pid, nonce)
    holder.communicate("die\n")
    assert lock_path(shop).exists(), "it died without tidying up"
    with FileLock.acquire(shop) as lock:
        assert lock.owner.nonce != nonce
