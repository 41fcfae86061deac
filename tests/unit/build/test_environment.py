"""The project's environment: made once, made again when the lock file or the Python changes, from the right index."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from devtools import environment
from devtools.console import Console, StepFailed, run_quietly

ELSEWHERE = "https://packages.example/simple"


class Workshop:
    """A project folder in which tools are recorded, not run; making .venv leaves a Python in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls: list[list[str]] = []
        self.settings: list[dict[str, str]] = []
        self.output = io.StringIO()
        self.pip_index = ""

    def run(self, command: list[str | Path], *, environment: dict[str, str], **_: object) -> str:
        words = [str(part).replace(str(self.root), "ROOT") for part in command]
        self.calls.append(words)
        self.settings.append(environment)
        if words[1:] and words[1] in ("sync", "venv"):
            self._touch(self.root / ".venv", "python")
        if "pip" in words and "install" in words:
            self._touch(self.root / ".out" / f"uv-{self._version()}", "uv")
        return self.pip_index if "get" in words else ""

    def prepare(self) -> Path:
        return environment.prepare(Console(self.output))

    @staticmethod
    def _version() -> str:
        return environment.UV_VERSION

    @staticmethod
    def _touch(home: Path, name: str) -> None:
        program = environment._program(home, name)
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch()


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    made = Workshop(tmp_path)
    (tmp_path / "uv.lock").write_bytes(b"version = 1\n")
    (tmp_path / ".out").mkdir()
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "OUTPUT", tmp_path / ".out")
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(environment, "LOCK", tmp_path / "uv.lock")
    monkeypatch.setattr(environment, "run_quietly", made.run)
    return made


def test_the_first_time_a_pinned_uv_installs_the_lock_file(workshop: Workshop) -> None:
    python = workshop.prepare()
    assert python == environment.python_in(workshop.root / ".venv")
    venv, pip, _, sync = workshop.calls
    assert venv[1:4] == ["-m", "venv", "--clear"]
    assert pip[-1] == f"uv=={environment.UV_VERSION}"
    assert sync[1:] == ["sync", "--frozen", "--python", environment.base_python()]
    assert workshop.settings[-1]["UV_SYSTEM_CERTS"] == "1"
    assert workshop.settings[-1]["UV_PYTHON_DOWNLOADS"] == "never"
    assert len(workshop.output.getvalue().splitlines()) == 2


def test_the_second_time_nothing_is_run_and_nothing_said(workshop: Workshop) -> None:
    workshop.prepare()
    workshop.calls.clear()
    workshop.output.truncate(0)
    workshop.prepare()
    assert workshop.calls == []
    assert workshop.output.getvalue() == ""


def test_a_new_lock_file_is_installed_with_the_uv_that_is_there(workshop: Workshop) -> None:
    workshop.prepare()
    workshop.calls.clear()
    (workshop.root / "uv.lock").write_bytes(b"version = 2\n")
    assert not environment.is_ready()
    workshop.prepare()
    assert [call[1] for call in workshop.calls if "sync" in call] == ["sync"]
    assert not any("install" in call for call in workshop.calls)


def test_another_python_makes_another_environment(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.prepare()
    monkeypatch.setattr(environment.platform, "python_version", lambda: "3.14.9")
    assert not environment.is_ready()


def test_a_sync_that_failed_is_done_again(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise StepFailed("uv could not.", "Try again.")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "run_quietly", fail)
        with pytest.raises(StepFailed):
            workshop.prepare()
    assert not environment.is_ready()
    workshop.prepare()
    assert environment.is_ready()


def test_an_index_of_the_companys_own_is_used_with_the_hashes_of_the_lock_file(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", ELSEWHERE)
    workshop.prepare()
    export, venv, sync = workshop.calls[-3:]
    assert export[1:4] == ["export", "--frozen", "--all-groups"]
    assert venv[1] == "venv"
    assert sync[1:3] == ["pip", "sync"]
    assert "--require-hashes" in sync
    assert workshop.settings[-1]["UV_DEFAULT_INDEX"] == ELSEWHERE


def test_an_index_in_pips_own_settings_is_found(workshop: Workshop) -> None:
    workshop.pip_index = f"{ELSEWHERE}\n"
    workshop.prepare()
    assert workshop.settings[-1]["UV_DEFAULT_INDEX"] == ELSEWHERE


@pytest.mark.parametrize(
    ("variables", "pip_index", "expected"),
    [
        ({}, "", None),
        ({}, "https://pypi.org/simple\n", None),
        ({"PIP_INDEX_URL": "https://pypi.org/simple/"}, ELSEWHERE, None),
        ({"PIP_INDEX_URL": ELSEWHERE}, "", ELSEWHERE),
        ({"PIP_INDEX_URL": ""}, ELSEWHERE, ELSEWHERE),
        ({"UV_DEFAULT_INDEX": ELSEWHERE, "PIP_INDEX_URL": "https://other.example"}, "", ELSEWHERE),
    ],
)
def test_which_index_is_used(variables: dict[str, str], pip_index: str, expected: str | None) -> None:
    assert environment.private_index(variables, pip_index) == expected


def test_what_would_bend_our_python_stays_outside() -> None:
    given = {"PATH": "p", "HOME": "h", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHOME": "x", "VIRTUAL_ENV": "y"}
    assert environment.clean_environment(given) == {"PATH": "p", "HOME": "h"}


def test_inside_an_environment_the_python_it_was_made_from_is_used() -> None:
    assert sys.prefix != sys.base_prefix
    assert not environment.base_python().startswith(sys.prefix)


def test_a_python_that_cannot_make_environments_is_named(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StepFailed, match="ensurepip") as caught:
        workshop.prepare()
    assert caught.value.exit_code == 3
    assert workshop.calls == []


def test_a_tool_that_fails_or_is_absent_gives_the_two_sentences() -> None:
    sentences = {"what_happened": "It failed.", "what_to_do": "Try again."}
    failing = [sys.executable, "-c", "import sys; print('one'); sys.exit('two')"]
    with pytest.raises(StepFailed, match=r"It failed\.") as caught:
        run_quietly(failing, environment=os.environ, **sentences)
    assert (caught.value.output.split(), caught.value.what_to_do) == (["one", "two"], "Try again.")
    with pytest.raises(StepFailed, match=r"It failed\."):
        run_quietly(["no-such-program-anywhere"], environment=os.environ, **sentences)
