"""The sample shop goes in as files and gives the answers that its maker computed from its own people, without the importer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.cli.demo import QUERY
from desktop.operations.shop.sample_shop import sample_files
from desktop.paths import resources_folder
from desktop.practice import PracticeLine
from desktop.store.shop_file import open_reader

EXPECTED = json.loads((resources_folder() / "sample" / "expected.json").read_text(encoding="utf-8"))
Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with the members and the orders of the sample."""
    shop = tmp_path_factory.mktemp("sample") / "日日咖啡.tagline"
    for file in sample_files()[:2]:
        assert main(["--shop", str(shop), "--json", "import", str(file)]) == 0
    return shop


@pytest.fixture
def run(imported: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the shop and returns its answer, on the last day of the data."""
    monkeypatch.setenv("TAGLINE_NOW", EXPECTED["as_of"])

    def run(*words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["--shop", str(imported), "--json", *words]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return run


@pytest.mark.parametrize("query", EXPECTED["queries"])
def test_queries_find_whom_the_maker_put_there(run: Run, imported: Path, query: str) -> None:
    expected = EXPECTED["queries"][query]
    assert run("count", query)["count"] == expected["count"]
    uploadable = run(
        "members", f"({query}) uploadable:yes" if query else "uploadable:yes", "--fields", "line_user_id"
    )
    ids = sorted(member["line_user_id"] for member in uploadable["members"])
    assert len(ids) == expected["uploadable"]
    assert hashlib.sha256("".join(f"{one}\n" for one in ids).encode()).hexdigest() == expected["ids_sha256"]


def test_people_are_as_the_maker_made_them(run: Run) -> None:
    for face in EXPECTED["faces"]:
        (member,) = run("members", f"member_no:={face['member_no']}")["members"]
        for field, value in face.items():
            if field in member:
                in_order = sorted if field == "tags" else lambda same: same
                assert in_order(member[field]) == in_order(value), (face["member_no"], field)


def test_tags_are_counted(run: Run, imported: Path) -> None:
    db = open_reader(imported)
    try:
        counted = dict(
            db.all("SELECT t.name, count(*) FROM person_tag h JOIN tag t ON t.id = h.tag_id GROUP BY t.id")
        )
    finally:
        db.close()
    assert {name.casefold(): n for name, n in counted.items()} == {
        name.casefold(): n for name, n in EXPECTED["tags"].items()
    }


def test_the_same_files_again_change_nothing(run: Run) -> None:
    for file in sample_files()[:2]:
        (answer,) = run("import", str(file))["imports"]
        assert (answer["new"], answer["updated"]) == (0, 0)
        assert answer["rows"] == answer["unchanged"] + len(answer["skipped"])


def test_form_answers_find_their_people_and_make_nobody_up(run: Run) -> None:
    expected = EXPECTED["form_answers_file"]
    (answer,) = run("import", str(sample_files()[2]))["imports"]
    assert (answer["rows"], answer["new"], len(answer["skipped"])) == (
        expected["rows"],
        0,
        expected["nobody"],
    )
    assert run("undo")["reverted"] <= expected["people"]
    assert run("count", "")["count"] == EXPECTED["people"]["all"]


def test_every_broken_cell_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop, file = tmp_path / "a.tagline", sample_files()[0]
    assert main(["--shop", str(shop), "--json", "import", "--dry-run", str(file)]) == 0
    (answer,) = json.loads(capsys.readouterr().out)["imports"]
    expected = EXPECTED["members_file"]
    assert (answer["rows"], answer["new"]) == (expected["rows"], expected["new"])
    assert [skipped["row"] for skipped in answer["skipped"]] == expected["skipped_rows"]
    assert {problem["row"] for problem in answer["problems"]} == {
        problem["row"] for problem in expected["problems"]
    }
    left_out = {
        problem["row"]: problem["left_out"] for problem in expected["problems"] if "left_out" in problem
    }
    found: dict[int, list[str]] = {}
    for problem in answer["problems"]:
        if problem["column"] == "標籤":
            found.setdefault(problem["row"], []).append(problem["value"])
    assert found == left_out


def test_demo_ends_with_a_ready_audience_of_exactly_those_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAGLINE_NOW", EXPECTED["as_of"])
    shop = tmp_path / "示範.tagline"
    assert main(["demo", "--json", "--shop", str(shop)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["upload"]["state"] == "ready"
    assert (
        main(["--shop", str(shop), "--json", "members", QUERY, "uploadable:yes", "--fields", "line_user_id"])
        == 0
    )
    wanted = {member["line_user_id"] for member in json.loads(capsys.readouterr().out)["members"]}
    with PracticeLine.start(shop) as line:
        assert line.ids_of(answer["upload"]["audience_group_id"]) == wanted
    assert answer["audience"]["uploadable"] == answer["upload"]["ids"] == len(wanted)
