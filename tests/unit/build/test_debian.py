"""Finding out what a Debian lacks, and installing it as root, through sudo, or by telling the person the line."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import debian
from devtools.console import Console, StepFailed

DEBIAN_12 = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n'
UBUNTU = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = 'NAME="Fedora Linux"\nID=fedora\nPLATFORM_ID="platform:f40"\n'
ARCH = "NAME='Arch Linux'\nID=arch\nHOME_URL=https://debian.example\n"


@pytest.mark.parametrize(
    ("os_release", "expected"),
    [(DEBIAN_12, True), (UBUNTU, True), (MINT, True), (FEDORA, False), (ARCH, False), ("", False)],
)
def test_debian_and_what_was_made_from_it_are_recognised(os_release: str, expected: bool) -> None:
    assert debian.is_debian_family(os_release) is expected


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_no_other_system_is_taken_for_debian(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert debian.on_debian() is False


def test_a_library_that_does_not_load_asks_for_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    monkeypatch.setattr(debian, "_FONT_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(debian, "QT_LIBRARIES", {"libnothing-like-it.so.1": "libnothing1"})
    assert debian.missing_for_window() == ["libnothing1"]


def test_a_machine_without_a_chinese_font_gets_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_home: Path
) -> None:
    monkeypatch.setattr(debian, "_FONT_FOLDERS", (str(tmp_path), str(tmp_path / "absent")))
    monkeypatch.setattr(debian, "QT_LIBRARIES", {})
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "DejaVuSans.ttf").touch()
    assert debian.missing_for_window() == ["fonts-noto-cjk"]
    folder = own_home / ".local/share/fonts"
    folder.mkdir(parents=True)
    (folder / "wqy-zenhei.ttc").touch()
    assert debian.missing_for_window() == []


def test_a_python_without_ensurepip_asks_for_its_own_venv_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "_CERTIFICATES", Path(__file__))
    monkeypatch.setattr(debian.importlib.util, "find_spec", lambda name: None)
    assert debian.missing_for_python() == [f"python3.{sys.version_info.minor}-venv"]


def test_a_machine_without_certificates_gets_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(debian, "_CERTIFICATES", tmp_path / "absent.crt")
    assert "ca-certificates" in debian.missing_for_python()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would be run; each succeeds unless it is a failing sudo or an impossible package."""
    seen: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        seen.append(command)
        return subprocess.CompletedProcess(
            command, 100 if "impossible" in command else 0, "E: no such package", ""
        )

    monkeypatch.setattr(debian.subprocess, "run", run)
    monkeypatch.setattr(sys, "platform", "linux")
    return seen


def apt_words(command: list[str]) -> list[str]:
    return [word for word in command if not word.startswith("PATH=")]


def test_root_installs_at_once(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0, raising=False)
    output = io.StringIO()
    debian.install(["xvfb", "libegl1", "xvfb"], Console(output))
    assert output.getvalue() == "Installing 2 system package(s): libegl1 xvfb ...\n"
    update, install = map(apt_words, calls)
    assert update[-1] == "update"
    assert install[0] == "env"
    assert install[-5:] == ["install", "-y", "--no-install-recommends", "libegl1", "xvfb"]


def test_sudo_that_asks_nothing_is_used(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    debian.install(["xvfb"], Console(io.StringIO()))
    assert calls[0] == ["/usr/bin/sudo", "-n", "true"]
    assert [command[:3] for command in calls[1:]] == [["/usr/bin/sudo", "-n", "env"]] * 2


def test_without_root_the_exact_line_is_said_and_nothing_is_run(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(debian.shutil, "which", lambda name: None)
    with pytest.raises(StepFailed) as caught:
        debian.install(["xvfb", "libegl1"], Console(io.StringIO()))
    assert caught.value.exit_code == 3
    assert caught.value.what_to_do.endswith(
        "\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 xvfb"
    )
    assert calls == []


def test_an_apt_that_fails_shows_its_words(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0, raising=False)
    with pytest.raises(StepFailed) as caught:
        debian.install(["impossible"], Console(io.StringIO()))
    assert caught.value.exit_code == 1
    assert "E: no such package" in caught.value.output
