"""The project's own environment: a pinned uv in .out, and .venv exactly as uv.lock says.

Nothing outside the project folder is changed apart from pip's and uv's caches. A stamp inside .venv remembers what it
was made from; while lock file and Python are the same, nothing is asked of the network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from devtools.console import Console, StepFailed, run_quietly

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / ".out"
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "uv.lock"
UV_VERSION = "0.13.9"

_STAMP = "tagline-stamp"
_PUBLIC_INDEX = "https://pypi.org/simple"
# Settings of the shell that would leak another Python, another environment or stale files into ours.
_NOT_FOR_CHILDREN = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)
_NOT_FOR_PIP = ("PIP_PREFIX", "PIP_REQUIREMENT", "PIP_ROOT", "PIP_TARGET", "PIP_USER")


def clean_environment(source: Mapping[str, str]) -> dict[str, str]:
    """The environment variables for a child: the caller's, less those that would bend our Python."""
    return {name: value for name, value in source.items() if name not in _NOT_FOR_CHILDREN}


def base_python() -> str:
    """The Python that runs us, or, if that is itself inside an environment, the one it was made from."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def python_in(environment: Path) -> Path:
    """Where an environment keeps its Python."""
    return _program(environment, "python")


def stamp(lock: bytes) -> str:
    """What .venv is made from, as one line: the lock file's hash, the Python and the machine."""
    digest = hashlib.sha256(lock).hexdigest()
    return (
        f"{digest} {sys.implementation.name} {platform.python_version()} {platform.machine()} {base_python()}"
    )


def is_ready() -> bool:
    """Whether .venv stands as the lock file and this Python want it."""
    remembered = ENVIRONMENT / _STAMP
    if not python_in(ENVIRONMENT).exists() or not remembered.exists():
        return False
    return remembered.read_text(encoding="utf-8") == stamp(LOCK.read_bytes())


def prepare(console: Console) -> Path:
    """Make .venv as uv.lock says and return its Python; does nothing when it already stands.

    Raises StepFailed if the network, the disk or this Python stand in the way.
    """
    if is_ready():
        return python_in(ENVIRONMENT)
    if importlib.util.find_spec("ensurepip") is None:
        raise StepFailed(
            f"This Python ({sys.executable}) cannot make environments: its ensurepip module is missing.",
            "Install the package that brings ensurepip for it, or use a Python from python.org.",
            exit_code=3,
        )
    uv = _uv(console)
    console.step("Installing the libraries of uv.lock into .venv (the first time about 250 MB) ...")
    index = private_index(os.environ, _pip_index())
    if index is None:
        _sync(uv)
    else:
        _sync_from(uv, index)
    (ENVIRONMENT / _STAMP).write_text(stamp(LOCK.read_bytes()), encoding="utf-8")
    return python_in(ENVIRONMENT)


def private_index(environment: Mapping[str, str], pip_index: str) -> str | None:
    """The package index to use in place of the public one, or None.

    Looks at what the user set for uv, then for pip. uv knows nothing of pip's settings, and a frozen sync downloads
    from the addresses in the lock file whatever index is set.
    """
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if environment.get(name):
            chosen = environment[name]
            break
    else:
        chosen = pip_index
    chosen = chosen.strip()
    return None if not chosen or chosen.rstrip("/") == _PUBLIC_INDEX else chosen


def _uv(console: Console) -> Path:
    home = OUTPUT / f"uv-{UV_VERSION}"
    uv = _program(home, "uv")
    complete = home / _STAMP
    if uv.exists() and complete.exists():
        return uv
    console.step(f"Installing uv {UV_VERSION} into {home.relative_to(ROOT).as_posix()} ...")
    environment = clean_environment(os.environ)
    run_quietly(
        [base_python(), "-m", "venv", "--clear", home],
        environment=environment,
        what_happened=f"Python could not make an environment in {home}.",
        what_to_do="Check that the disk has room and the folder can be written, then run the same command again.",
    )
    for name in _NOT_FOR_PIP:
        environment.pop(name, None)
    pip: list[str | Path] = [
        python_in(home),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
    ]
    run_quietly(
        [*pip, "--quiet", "--only-binary", ":all:", f"uv=={UV_VERSION}"],
        environment=environment,
        what_happened="pip could not download uv.",
        what_to_do="Check the network (behind a company's proxy or index: PIP_PROXY, PIP_CERT, PIP_INDEX_URL), "
        "then run the same command again.",
    )
    complete.write_text(UV_VERSION, encoding="utf-8")
    return uv


def _pip_index() -> str:
    # pip ends with an error when the setting is not there, which is the usual case.
    try:
        return run_quietly(
            [python_in(OUTPUT / f"uv-{UV_VERSION}"), "-m", "pip", "config", "get", "global.index-url"],
            environment=clean_environment(os.environ),
            what_happened="pip has no index of its own.",
            what_to_do="",
        )
    except StepFailed:
        return ""


def _uv_environment() -> dict[str, str]:
    settings = clean_environment(os.environ)
    # uv's own list of certificates does not know a company's proxy; the system's does.
    settings["UV_SYSTEM_CERTS"] = "1"
    settings["UV_PYTHON_DOWNLOADS"] = "never"
    settings["UV_NO_PROGRESS"] = "1"
    settings["UV_PROJECT_ENVIRONMENT"] = str(ENVIRONMENT)
    settings.setdefault("UV_HTTP_TIMEOUT", "120")
    return settings


def _sync(uv: Path) -> None:
    run_quietly(
        [uv, "sync", "--frozen", "--python", base_python()],
        environment=_uv_environment(),
        cwd=ROOT,
        what_happened="uv could not install the libraries.",
        what_to_do="Check the network and the room on the disk, then run the same command again.",
    )


def _sync_from(uv: Path, index: str) -> None:
    """Install the locked versions from another index; the lock file's hashes say that they are the same files."""
    settings = _uv_environment()
    settings["UV_DEFAULT_INDEX"] = index
    sentences = {
        "what_happened": "uv could not install the libraries from the package index that is set for pip or uv.",
        "what_to_do": "Check that the index can be reached and offers every package of uv.lock, "
        "then run the same command again.",
    }
    export: list[str | Path] = [
        uv,
        "export",
        "--frozen",
        "--all-groups",
        "--no-emit-project",
        "--no-header",
        "--quiet",
    ]
    requirements = OUTPUT / "requirements.txt"
    requirements.write_text(
        run_quietly(export, environment=settings, cwd=ROOT, **sentences), encoding="utf-8", newline="\n"
    )
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    make: list[str | Path] = [uv, "venv", "--python", base_python(), ENVIRONMENT]
    run_quietly(make, environment=settings, cwd=ROOT, **sentences)
    sync: list[str | Path] = [uv, "pip", "sync", "--python", python_in(ENVIRONMENT)]
    sync += ["--require-hashes", requirements]
    run_quietly(sync, environment=settings, cwd=ROOT, **sentences)


def _program(environment: Path, name: str) -> Path:
    return environment / "Scripts" / f"{name}.exe" if sys.platform == "win32" else environment / "bin" / name
