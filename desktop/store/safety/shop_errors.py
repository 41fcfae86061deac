"""What can stand between the owner and the shop file, each as an error the window has a page for and the command
line has a sentence for. They carry the facts that page shows; none holds member data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.message import Message, message

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup of a shop.

    Args:
        path: the file.
        taken_at: when, in UTC; from the file's own record, else from its name, else from its time of change.
        people: rows of people in it; None if it cannot be read.
        verified: it was opened, checked and counted after it was written.
        number: counts a shop's backups upwards whatever the clock says; None if the file has no record.
        size: bytes.
        reason: why it was taken ("start", "import", "migration", "restore", "erase", "hand", "damaged").
    """

    path: Path
    taken_at: datetime
    people: int | None
    verified: bool
    number: int | None = None
    size: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LockOwner:
    """Who has the shop open: process id, a name no other process has, and when it started (UTC)."""

    pid: int
    nonce: str
    started: str


class ShopMissing(UserError):
    """There is no file at this path."""

    def __init__(self, path: Path) -> None:
        super().__init__(message("shop.missing", path=str(path)), cure=message("shop.missing.cure"))
        self.path = path


class ShopExists(UserError):
    """A new shop would overwrite a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(message("shop.exists", path=str(path)), cure=message("shop.exists.cure"))
        self.path = path


class ShopInUse(UserError):
    """Another window, or another program, has the shop open. ``owner`` is None if that could not be read."""

    def __init__(self, path: Path, owner: LockOwner | None = None) -> None:
        details = f"pid {owner.pid}, since {owner.started}" if owner else ""
        text = message("shop.in_use", name=path.stem)
        super().__init__(text, cure=message("shop.in_use.cure"), details=details)
        self.path = path
        self.owner = owner


class _WithBackups(UserError):
    """An error whose way out may be a backup; the list is read when somebody asks for it."""

    path: Path
    backups_root: Path | None

    @cached_property
    def backups(self) -> tuple[BackupInfo, ...]:
        """The shop's backups, newest first; those that cannot be read are among them, marked unverified."""
        from desktop.store.recovery.backups import list_backups

        return list_backups(self.path, root=self.backups_root)


class ShopDamaged(_WithBackups):
    """The file is not a sound shop file. Nothing was written to it."""

    def __init__(self, path: Path, *, problem: str = "", backups_root: Path | None = None) -> None:
        text = message("shop.damaged", name=path.name)
        super().__init__(text, cure=message("shop.damaged.cure"), details=problem)
        self.path = path
        self.problem = problem
        self.backups_root = backups_root


class ShopTooNew(_WithBackups):
    """The file was written by a newer version of the program; it was not touched.

    ``version`` is the program version the file asks for ("" if it does not say), ``schema`` the number of its
    tables' layout.
    """

    def __init__(self, path: Path, *, version: str, schema: int, backups_root: Path | None = None) -> None:
        known = message("shop.too_new", name=path.name, version=version)
        text = known if version else message("shop.too_new.unknown", name=path.name)
        super().__init__(text, cure=message("shop.too_new.cure"), details=f"schema {schema}")
        self.path = path
        self.version = version
        self.schema = schema
        self.backups_root = backups_root


class ShopInCloudFolder(UserError):
    """The file lies in a folder that another program copies about, or on a network drive."""

    def __init__(self, path: Path, *, provider: str, suggested: Path) -> None:
        super().__init__(
            message("shop.in_cloud", name=path.name, provider=cloud_name(provider)),
            cure=message("shop.in_cloud.cure", folder=str(suggested.parent)),
        )
        self.path = path
        self.provider = provider
        self.suggested = suggested


class FolderNotWritable(UserError):
    """The folder (or the file in it) cannot be written; ``path`` is the folder."""

    def __init__(self, path: Path, details: str = "") -> None:
        super().__init__(
            message("shop.not_writable", folder=str(path)),
            cure=message("shop.not_writable.cure"),
            details=details,
        )
        self.path = path


class PathTooLong(UserError):
    """The path is longer than the database library can open on this platform."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            message("shop.path_too_long", folder=str(path.parent)), cure=message("shop.path_too_long.cure")
        )
        self.path = path


class DiskFull(UserError):
    """Not enough room on the disk. ``needed`` is in bytes, None if nobody can say."""

    def __init__(self, path: Path, needed: int | None = None) -> None:
        text = (
            message("shop.disk_full.needed", mb=-(-needed // MEGABYTE))
            if needed
            else message("shop.disk_full")
        )
        super().__init__(text, cure=message("shop.disk_full.cure"))
        self.path = path
        self.needed = needed


class FileHeld(UserError):
    """Another program (often a virus scanner) kept hold of the file until we gave up; nothing was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(message("shop.file_held", name=path.name), cure=message("shop.file_held.cure"))
        self.path = path


class BackupUnusable(UserError):
    """A backup could not be written whole, or the chosen one cannot be read."""

    def __init__(self, path: Path, problem: str = "") -> None:
        super().__init__(
            message("shop.backup_unusable", name=path.name),
            cure=message("shop.backup_unusable.cure"),
            details=problem,
        )
        self.path = path


class BackupFolderMissing(UserError):
    """The folder for backups is not there (a removed USB disk, say). A warning: the program works on."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            message("shop.backup_folder_missing", folder=str(path)),
            cure=message("shop.backup_folder_missing.cure"),
        )
        self.path = path


class NothingReadable(UserError):
    """Not a single row could be read from a damaged file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            message("shop.nothing_readable", name=path.name), cure=message("shop.nothing_readable.cure")
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class ConflictedCopies:
    """Copies a sync program laid beside the shop file. They are shown, never merged, never opened by themselves."""

    path: Path
    copies: tuple[Path, ...]

    @property
    def text(self) -> Message:
        """What to tell the owner."""
        return message("shop.conflicted", n=len(self.copies), names=[copy.name for copy in self.copies])


def cloud_name(provider: str) -> Message | str:
    """A provider as shown: a brand by its own name, a network drive in the owner's language."""
    return message("shop.network_drive") if provider == "network" else provider
