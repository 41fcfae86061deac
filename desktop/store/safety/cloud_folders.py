"""Recognises folders a live shop file must not lie in: those a sync program copies about, which tears a running
database apart, and network drives, whose locks cannot be trusted. Exports and backups may go there."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

NETWORK = "network"

ONE_DRIVE, DROPBOX, GOOGLE, ICLOUD = "OneDrive", "Dropbox", "Google Drive", "iCloud"

_ONE_DRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")

# Names a sync program gives its folder, wherever it lies. "OneDrive - Company", "Dropbox (Personal)".
_ANYWHERE = (
    (re.compile(r"onedrive( ?[-–] .+)?"), ONE_DRIVE),
    (re.compile(r"dropbox( \(.+\)|-.+)?"), DROPBOX),
    (re.compile(r"google ?drive( \(.+\)|-.+)?|drivefs"), GOOGLE),
    (re.compile(r"icloud ?drive|com~apple~clouddocs"), ICLOUD),
    (re.compile(r"synology ?drive"), "Synology Drive"),
    (re.compile(r"nextcloud"), "Nextcloud"),
    (re.compile(r"owncloud"), "ownCloud"),
    (re.compile(r"pclouddrive|pcloud drive"), "pCloud"),
)
# Plain words that are a sync folder only directly below the home folder or a drive's root.
_AT_THE_TOP = {
    "my drive": GOOGLE,
    "我的雲端硬碟": GOOGLE,
    "マイドライブ": GOOGLE,
    "shared drives": GOOGLE,
    "共用雲端硬碟": GOOGLE,
    "共有ドライブ": GOOGLE,
    "box": "Box",
    "box sync": "Box",
    "mega": "MEGA",
    "qsync": "Qsync",
}
# ~/Library/CloudStorage/<Provider>-<account> on macOS.
_MAC_STORAGE = {"onedrive": ONE_DRIVE, "dropbox": DROPBOX, "googledrive": GOOGLE, "box": "Box"}


def cloud_provider(
    path: str,
    *,
    platform: str,
    home: str,
    env: Mapping[str, str] | None = None,
    is_network: bool = False,
) -> str | None:
    """Whose folder a path lies in, judged by the path alone; None if it is an ordinary one.

    Args:
        path: absolute, with links resolved.
        platform: as ``sys.platform`` ("win32", "darwin", "linux").
        home: the user's home folder.
        env: environment variables (OneDrive sets its folders there on Windows).
        is_network: what the platform says about the drive.

    Returns:
        A brand's name, or "network".
    """
    if platform == "win32":
        return _windows_provider(path, home, env or {}) or (NETWORK if is_network else None)
    pure = PurePosixPath(path)
    if platform == "darwin":
        found = _mac_provider(pure, PurePosixPath(home))
        if found:
            return found
    if "gvfs" in pure.parts[:5] and pure.parts[1:3] == ("run", "user"):
        return NETWORK
    found = _by_name(pure, PurePosixPath(home))
    return found or (NETWORK if is_network else None)


def provider_here(path: Path) -> str | None:
    """:func:`cloud_provider` for this computer; links are followed, the file need not exist."""
    resolved = path.resolve()
    return cloud_provider(
        str(resolved),
        platform=sys.platform,
        home=str(Path.home()),
        env=os.environ,
        is_network=on_network_drive(resolved),
    )


def _windows_provider(path: str, home: str, env: Mapping[str, str]) -> str | None:
    if path.startswith("\\\\?\\UNC\\"):
        return NETWORK
    plain = path.removeprefix("\\\\?\\")
    pure = PureWindowsPath(plain)
    for name in _ONE_DRIVE_VARIABLES:
        folder = env.get(name)
        if folder and pure.is_relative_to(PureWindowsPath(folder)):
            return ONE_DRIVE
    found = _by_name(pure, PureWindowsPath(home))
    if found:
        return found
    return NETWORK if plain.startswith(("\\\\", "//")) else None


def _mac_provider(path: PurePosixPath, home: PurePosixPath) -> str | None:
    if path.is_relative_to(home / "Library" / "Mobile Documents"):
        return ICLOUD
    storage = home / "Library" / "CloudStorage"
    if path.is_relative_to(storage) and path != storage:
        brand = path.relative_to(storage).parts[0].split("-")[0]
        return _MAC_STORAGE.get(brand.casefold(), brand)
    return None


def _by_name(path: PurePath, home: PurePath) -> str | None:
    folders = [part.casefold() for part in path.parts[1:-1]]
    for folder in folders:
        for pattern, provider in _ANYWHERE:
            if pattern.fullmatch(folder):
                return provider
    tops = folders[:1]
    if path.is_relative_to(home):
        tops += [part.casefold() for part in path.relative_to(home).parts[:-1]][:1]
    if path.parts[1:2] == ("Volumes",):
        tops += folders[1:3]
    return next((_AT_THE_TOP[top] for top in tops if top in _AT_THE_TOP), None)


NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "afs", "ceph"}
    | {
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs",
        "fuse.gvfsd-fuse",
        "fuse.google-drive-ocamlfuse",
        "fuse.onedriver",
    }
)


def on_network_drive(path: Path) -> bool:
    """Whether the platform says that the drive of ``path`` is somewhere else."""
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE of GetDriveTypeW
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote)
    return mounted_from_network(str(path), _mounts())


def mounted_from_network(path: str, mounts: list[tuple[str, str]]) -> bool:
    """Whether the innermost mount above ``path`` is a network file system.

    Args:
        mounts: (mount point, file system type).
    """
    pure = PurePosixPath(path)
    above = [(len(point), kind) for point, kind in mounts if pure.is_relative_to(point)]
    return bool(above) and max(above)[1] in NETWORK_FILE_SYSTEMS


def _mounts() -> list[tuple[str, str]]:
    import subprocess

    read: Callable[[], list[tuple[str, str]]] = _mac_mounts if sys.platform == "darwin" else _linux_mounts
    try:
        return read()
    except (OSError, subprocess.SubprocessError):
        return []


def _linux_mounts() -> list[tuple[str, str]]:
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    fields = [line.split(" ") for line in lines]
    return [(_unescaped(field[1]), field[2]) for field in fields if len(field) > 2]


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), point)


def _mac_mounts() -> list[tuple[str, str]]:
    import subprocess

    said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    return parse_mac_mounts(said)


def parse_mac_mounts(said: str) -> list[tuple[str, str]]:
    """The answer of macOS's ``mount``: lines like ``//u@nas/share on /Volumes/share (smbfs, nodev)``."""
    found = re.findall(r"^.* on (.+) \((\w+)[,)].*$", said, re.MULTILINE)
    return [(point, kind) for point, kind in found]
