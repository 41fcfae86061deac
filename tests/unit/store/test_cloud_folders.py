"""Folders a live shop must not lie in, by their paths, on three platforms."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.safety.cloud_folders import (
    cloud_provider,
    mounted_from_network,
    on_network_drive,
    parse_mac_mounts,
    provider_here,
)
from desktop.store.safety.conflicted_copies import conflicted_copies
from tests.shops import make_shop, setting

HOMES = {"win32": r"C:\Users\美玲", "darwin": "/Users/meiling", "linux": "/home/美玲"}

FOUND = [
    ("win32", r"C:\Users\美玲\OneDrive\店.tagline", "OneDrive"),
    ("win32", r"c:\users\美玲\onedrive\文件\店.tagline", "OneDrive"),
    ("win32", r"C:\Users\美玲\OneDrive - 晨光咖啡\桌面\店.tagline", "OneDrive"),
    ("win32", r"E:\Wolke\店.tagline", "OneDrive"),
    ("win32", r"\\?\C:\Users\美玲\OneDrive\店.tagline", "OneDrive"),
    ("win32", r"C:\Users\美玲\Dropbox\店.tagline", "Dropbox"),
    ("win32", r"D:\資料\Dropbox (Personal)\a\店.tagline", "Dropbox"),
    ("win32", r"G:\My Drive\店.tagline", "Google Drive"),
    ("win32", r"G:\我的雲端硬碟\店\店.tagline", "Google Drive"),
    ("win32", r"G:\マイドライブ\店.tagline", "Google Drive"),
    ("win32", r"C:\Users\美玲\Google Drive\店.tagline", "Google Drive"),
    ("win32", r"C:\Users\美玲\iCloudDrive\店.tagline", "iCloud"),
    ("win32", r"C:\Users\美玲\SynologyDrive\店.tagline", "Synology Drive"),
    ("win32", r"C:\Users\美玲\Nextcloud\店.tagline", "Nextcloud"),
    ("win32", r"C:\Users\美玲\Box\店.tagline", "Box"),
    ("win32", r"\\NAS\share\店.tagline", "network"),
    ("win32", r"\\?\UNC\NAS\share\店.tagline", "network"),
    ("win32", "//nas/share/店.tagline", "network"),
    ("darwin", "/Users/meiling/Library/Mobile Documents/com~apple~CloudDocs/店.tagline", "iCloud"),
    ("darwin", "/Users/meiling/Library/CloudStorage/OneDrive-Personal/店.tagline", "OneDrive"),
    ("darwin", "/Users/meiling/Library/CloudStorage/GoogleDrive-a@b.tw/My Drive/店.tagline", "Google Drive"),
    ("darwin", "/Users/meiling/Library/CloudStorage/Dropbox/店.tagline", "Dropbox"),
    ("darwin", "/Users/meiling/Library/CloudStorage/ProtonDrive-a/店.tagline", "ProtonDrive"),
    ("darwin", "/Users/meiling/Dropbox/店.tagline", "Dropbox"),
    ("darwin", "/Volumes/GoogleDrive/My Drive/店.tagline", "Google Drive"),
    ("linux", "/home/美玲/Dropbox/店.tagline", "Dropbox"),
    ("linux", "/home/美玲/OneDrive/店.tagline", "OneDrive"),
    ("linux", "/home/美玲/Nextcloud/店/店.tagline", "Nextcloud"),
    ("linux", "/home/美玲/MEGA/店.tagline", "MEGA"),
    ("linux", "/run/user/1000/gvfs/google-drive:host=x/店.tagline", "network"),
]

ORDINARY = [
    ("win32", r"C:\Users\美玲\AppData\Local\Tagline\shops\店.tagline"),
    ("win32", r"C:\Users\美玲\Documents\店.tagline"),
    ("win32", r"D:\店 🍎\box 與 mega\店.tagline"),
    ("win32", r"D:\Projekte\Box\店.tagline"),
    ("win32", r"C:\OneDriveBackupTool\店.tagline"),
    ("win32", r"C:\Users\美玲\Documents\Dropbox.tagline"),
    ("darwin", "/Users/meiling/Library/Application Support/Tagline/shops/店.tagline"),
    ("darwin", "/Users/meiling/Documents/店.tagline"),
    ("darwin", "/Volumes/USB/店.tagline"),
    ("linux", "/home/美玲/.local/share/Tagline/shops/店.tagline"),
    ("linux", "/srv/box/box/店.tagline"),
]
ENV = {"OneDriveCommercial": r"E:\Wolke", "OneDrive": ""}


@pytest.mark.parametrize(("platform", "path", "provider"), FOUND)
def test_recognised(platform: str, path: str, provider: str) -> None:
    assert cloud_provider(path, platform=platform, home=HOMES[platform], env=ENV) == provider


@pytest.mark.parametrize(("platform", "path"), ORDINARY)
def test_ordinary(platform: str, path: str) -> None:
    assert cloud_provider(path, platform=platform, home=HOMES[platform], env=ENV) is None


@pytest.mark.parametrize("platform", HOMES)
def test_what_the_platform_calls_a_network_drive_is_one(platform: str) -> None:
    path = r"Z:\店.tagline" if platform == "win32" else "/mnt/z/店.tagline"
    assert cloud_provider(path, platform=platform, home=HOMES[platform], is_network=True) == "network"


def test_the_innermost_mount_decides() -> None:
    mounts = [("/", "ext4"), ("/mnt/nas", "cifs"), ("/mnt/nas/local", "ext4"), ("/mnt/with space", "nfs4")]
    assert mounted_from_network("/mnt/nas/店.tagline", mounts)
    assert mounted_from_network("/mnt/with space/店.tagline", mounts)
    assert not mounted_from_network("/mnt/nas/local/店.tagline", mounts)
    assert not mounted_from_network("/mnt/nasty/店.tagline", mounts)
    assert not mounted_from_network("/mnt/x", [])


def test_mounts_as_macos_lists_them() -> None:
    said = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//mei@nas/share on /Volumes/my share (smbfs, nodev, nosuid, mounted by mei)\n"
    )
    assert parse_mac_mounts(said) == [("/", "apfs"), ("/Volumes/my share", "smbfs")]


def test_here(tmp_path: Path) -> None:
    assert provider_here(tmp_path / "店.tagline") is None
    assert provider_here(tmp_path / "Dropbox" / "店.tagline") == "Dropbox"
    assert not on_network_drive(tmp_path)


def test_a_link_into_a_synced_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    link = tmp_path / "data"
    try:
        link.symlink_to(tmp_path / "OneDrive", target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links here")
    assert provider_here(link / "店.tagline") == "OneDrive"


CONFLICTED = [
    "好店 (Amy's conflicted copy 2026-11-21).tagline",
    "好店 (Amy 的衝突複本 2026-11-21).tagline",
    "好店 (Amy の競合コピー 2026-11-21).tagline",
    "好店.sync-conflict-20261121-120000-ABCDEFG.tagline",
    "好店_AMY-PC_Nov-21-120000-2026_Conflict.tagline",
    "好店 (conflicted copy 2026-11-21 120000).tagline",
]


@pytest.mark.parametrize("name", CONFLICTED)
def test_copies_that_say_so_in_their_names_are_found_even_unreadable(tmp_path: Path, name: str) -> None:
    shop = make_shop(tmp_path / "好店.tagline")
    (tmp_path / name).write_bytes(b"")
    found = conflicted_copies(shop, setting(shop, "key"))
    assert found is not None
    assert [copy.name for copy in found.copies] == [name]
    assert found.text.params["n"] == 1


@pytest.mark.parametrize(
    "name", ["好店-AMY-PC.tagline", "好店 2.tagline", "好店 (1).tagline", "別的.tagline"]
)
def test_copies_with_plain_names_are_found_by_the_shops_key(tmp_path: Path, name: str) -> None:
    shop = make_shop(tmp_path / "好店.tagline")
    copy = tmp_path / name
    copy.write_bytes(shop.read_bytes())
    found = conflicted_copies(shop, setting(shop, "key"))
    assert found is not None
    assert found.copies == (copy,)


def test_other_shops_are_no_copies(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "好店.tagline")
    make_shop(tmp_path / "好店 2.tagline")
    (tmp_path / "衝突.txt").touch()
    assert conflicted_copies(shop, setting(shop, "key")) is None
