"""What a bare Debian or Ubuntu lacks for Tagline, found by trying to use it, and installed with apt.

Nothing here runs on another system. A shared library counts as present when the dynamic loader finds it, so that
renamed packages and hand-installed libraries are both recognised, and a machine that has everything needs no network.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from devtools.console import Console, StepFailed

# Shared libraries that Qt's own files link against (`ldd` on PySide6's modules and its xcb and offscreen platform
# plugins), and the Debian package that brings each.
QT_LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# Programs with which the tests open a real window on a screen of their own.
VIRTUAL_SCREEN_PROGRAMS: Mapping[str, str] = {"Xvfb": "xvfb", "xdotool": "xdotool"}

CJK_FONT_PACKAGE = "fonts-noto-cjk"
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
_CJK_FONT_NAMES = ("*CJK*", "*[Uu][Mm]ing*", "*[Uu][Kk]ai*", "*wqy*", "*TW-Kai*", "*TW-Sung*", "*JhengHei*")
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
_OS_RELEASE = Path("/etc/os-release")


def is_debian_family(os_release: str) -> bool:
    """Whether the text of /etc/os-release names Debian or a system made from it."""
    values: list[str] = []
    for line in os_release.splitlines():
        key, _, value = line.partition("=")
        if key in ("ID", "ID_LIKE"):
            values += value.strip().strip("\"'").split()
    return "debian" in values or "ubuntu" in values


def on_debian() -> bool:
    """Whether this machine is a Debian (or a system made from it) with apt."""
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        return False
    return _OS_RELEASE.exists() and is_debian_family(_OS_RELEASE.read_text(encoding="utf-8"))


def missing_for_python() -> list[str]:
    """Packages without which no environment can be made: Debian splits ensurepip off, and may have no certificates."""
    packages = []
    if importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python3.{sys.version_info.minor}-venv")
    if not _CERTIFICATES.exists():
        packages.append("ca-certificates")
    return packages


def missing_for_window() -> list[str]:
    """Packages without which Qt cannot open a window or cannot draw Chinese."""
    packages = {package for library, package in QT_LIBRARIES.items() if not _loads(library)}
    if not _has_cjk_font():
        packages.add(CJK_FONT_PACKAGE)
    return sorted(packages)


def missing_for_virtual_screen() -> list[str]:
    """Packages without which the tests cannot open a real window on a screen of their own."""
    return sorted(package for name, package in VIRTUAL_SCREEN_PROGRAMS.items() if shutil.which(name) is None)


def install(packages: Iterable[str], console: Console) -> None:
    """Install Debian packages as root or through a sudo that asks nothing.

    Raises StepFailed with exit code 3 and the exact line to type if neither is possible, and with exit code 1 if apt
    itself fails.
    """
    wanted = sorted(set(packages))
    prefix = _as_root()
    if prefix is None:
        raise StepFailed(
            f"This machine lacks {len(wanted)} system package(s), and installing them needs root.",
            f"Run this line, then the same command again:\n  {install_line(wanted)}",
            exit_code=3,
        )
    console.step(f"Installing {len(wanted)} system package(s): {' '.join(wanted)} ...")
    # An update that fails is no reason to stop: the lists at hand may be enough, and the install says if not.
    _apt(prefix, ["update"])
    done = _apt(prefix, ["install", "-y", "--no-install-recommends", *wanted])
    if done.returncode != 0:
        raise StepFailed(
            "apt could not install the system packages.",
            f"Check the network and the package sources, or run this line yourself:\n  {install_line(wanted)}",
            output=done.stdout + done.stderr,
        )


def install_line(packages: Iterable[str]) -> str:
    """The line a person types to install these packages."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def _as_root() -> list[str] | None:
    """What to put before a command so that it runs as root without a question; None if there is no way."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None


def _apt(prefix: list[str], arguments: list[str]) -> subprocess.CompletedProcess[str]:
    # dpkg calls ldconfig and others by name; a user's PATH often leaves their folders out.
    path = os.environ.get("PATH", os.defpath) + ":/usr/local/sbin:/usr/sbin:/sbin"
    settings = ["env", f"PATH={path}", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    return subprocess.run(
        [*prefix, *settings, "apt-get", "-o", "DPkg::Lock::Timeout=120", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_cjk_font() -> bool:
    folders = [Path(name) for name in _FONT_FOLDERS]
    home = os.environ.get("HOME")
    if home:
        folders += [Path(home) / ".local/share/fonts", Path(home) / ".fonts"]
    return any(next(folder.rglob(name), None) for folder in folders for name in _CJK_FONT_NAMES)
