"""The state in a folder: it outlives a closed, a killed and a half-written simulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from desktop.simulator import Settings, Simulator, storage
from desktop.simulator.state import LineState
from tests.unit.simulator.shop import Shop, user_ids

ROOT = Path(__file__).resolve().parents[3]


def test_a_reopened_simulator_knows_everything(tmp_path: Path) -> None:
    someone, other = user_ids(2)
    with Simulator(tmp_path / "practice 練習", settings=Settings(processing_polls=1)) as first:
        first.seed(
            {someone: {"display_name": "小美"}, other: {"display_name": "阿明", "blocked": True}}, followers=9
        )
        first.configure(not_agreed={other})
        first.advance(1000)
        shop = Shop(first)
        audience = shop.created("熟客", [someone, other])
        gone = shop.created("刪掉的", [someone])
        shop.call("DELETE", f"/v2/bot/audienceGroup/{gone}")
        shop.get(audience)
        stateless = shop.call(
            "POST",
            "/oauth2/v3/token",
            data={
                "grant_type": "client_credentials",
                "client_id": first.channel_id,
                "client_secret": first.channel_secret,
            },
        ).json()["access_token"]
        shop.close()
    with Simulator(tmp_path / "practice 練習") as second:
        assert second.token == first.token
        assert second.channel_secret == first.channel_secret
        assert second.state.settings == first.state.settings
        assert second.state.people == first.state.people
        assert second.state.account.followers == 9
        assert second.state.clock.offset == 1000
        assert second.ids_of(audience) == {someone}
        shop = Shop(second)
        # The look before the restart counted.
        assert shop.status(audience) == "READY"
        assert shop.created("新的", [someone]) > gone
        shop.session.headers["Authorization"] = f"Bearer {stateless}"
        assert shop.call("GET", "/v2/bot/info").status_code == 200
        shop.close()


def test_memory_is_forgotten() -> None:
    with Simulator() as first, Simulator() as second:
        assert first.token != second.token
        shop = Shop(first)
        shop.created("熟客", user_ids(1))
        shop.close()
        assert second.audiences() == []


def test_batches_of_several_audiences_stay_apart(tmp_path: Path) -> None:
    with Simulator(tmp_path) as simulator:
        shop = Shop(simulator)
        first, second = shop.created("一", user_ids(3)), shop.created("二", user_ids(3, 10))
        shop.add(first, user_ids(3, 2))
        shop.add(second, user_ids(3, 12))
        shop.close()
    with Simulator(tmp_path) as simulator:
        assert simulator.ids_of(first) == set(user_ids(5))
        assert simulator.ids_of(second) == set(user_ids(5, 10))
        assert [one.ids for one in simulator.audiences()] == [5, 5]


def test_ids_written_without_their_record_do_not_count(tmp_path: Path) -> None:
    with Simulator(tmp_path) as simulator:
        shop = Shop(simulator)
        audience = shop.created("熟客", user_ids(2))
        shop.close()
    path = tmp_path / "audiences" / f"{audience}.ids"
    whole = path.read_bytes()
    # What a kill in the middle of an upload leaves: IDs beyond the record, IDs of nobody, a record half written.
    path.write_bytes(whole + user_ids(1, 50)[0].encode() + b"\nU000")
    (tmp_path / "audiences" / "77.ids").write_text("U0", encoding="ascii")
    (tmp_path / "audiences" / "78.json.tmp").write_text("{", encoding="ascii")
    with Simulator(tmp_path) as simulator:
        assert simulator.ids_of(audience) == set(user_ids(2))
        shop = Shop(simulator)
        assert shop.add(audience, user_ids(1, 60)).status_code == 202
        shop.close()
    with Simulator(tmp_path) as simulator:
        assert simulator.ids_of(audience) == {*user_ids(2), *user_ids(1, 60)}
    assert sorted(one.name for one in (tmp_path / "audiences").iterdir()) == [
        f"{audience}.ids",
        f"{audience}.json",
    ]


def test_a_folder_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with Simulator(tmp_path):
        pass
    path = tmp_path / "state.json"
    path.write_text(
        json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"format": 99}), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="newer version"):
        Simulator(tmp_path)


def test_unknown_fields_of_a_kept_record_are_passed_over(tmp_path: Path) -> None:
    with Simulator(tmp_path) as simulator:
        shop = Shop(simulator)
        audience = shop.created("熟客", user_ids(2))
        shop.close()
    for path in (tmp_path / "state.json", tmp_path / "audiences" / f"{audience}.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        record["added_later"] = 1
        record.pop("next_id", None)
        path.write_text(json.dumps(record), encoding="utf-8")
    with Simulator(tmp_path) as simulator:
        assert [one.description for one in simulator.audiences()] == ["熟客"]


def test_a_record_held_by_somebody_else_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, refusals = Path.replace, [PermissionError(), PermissionError()]

    def held(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return replace(self, target)

    monkeypatch.setattr(storage, "_REPLACE_WAITS", (0.0,) * 4)
    monkeypatch.setattr(Path, "replace", held)
    with Simulator(tmp_path) as simulator:
        token = simulator.token
    assert refusals == []
    with Simulator(tmp_path) as simulator:
        assert simulator.token == token


_UPLOADS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.integers(0, 0), st.sets(st.integers(0, 12))),
        st.tuples(st.just("add"), st.integers(0, 5), st.sets(st.integers(0, 12))),
        st.tuples(st.just("delete"), st.integers(0, 5), st.just(frozenset())),
        st.tuples(st.just("reopen"), st.integers(0, 0), st.just(frozenset())),
    ),
    max_size=25,
)


@given(steps=_UPLOADS)
def test_whatever_is_uploaded_and_reopened_the_ids_are_those_that_were_sent(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, set[int]]]
) -> None:
    folder = tmp_path_factory.mktemp("state")
    state = LineState(storage.FolderStorage(folder))
    expected: dict[int, set[str]] = {}
    for kind, which, numbers in steps:
        ids = [f"U{number:032x}" for number in sorted(numbers)]
        chosen = list(expected)[which % len(expected)] if expected else None
        if kind == "create":
            audience = state.create("名單")
            state.upload(audience, ids, None)
            state.keep(audience)
            expected[audience.id] = set(ids)
        elif kind == "reopen":
            state = LineState(storage.FolderStorage(folder))
        elif chosen is not None:
            audience = state.audience(chosen)
            assert audience is not None
            if kind == "delete":
                state.delete(audience)
                del expected[chosen]
            else:
                state.upload(audience, ids, None)
                state.keep(audience)
                expected[chosen] |= set(ids)
    shown = {audience.id: state.ids_of(audience) for audience in state.audiences()}
    assert shown == expected
    assert [audience.stored for audience in state.audiences()] == [
        len(expected[audience.id]) for audience in state.audiences()
    ]


# As a process of its own


def start(*arguments: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop.simulator", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def end(process: subprocess.Popen[str], *, kill: bool) -> int:
    if kill:
        process.kill()
    else:
        process.terminate()
    assert process.stdout is not None
    process.stdout.close()
    return process.wait(timeout=30)


def call(about: dict[str, Any], method: str, path: str, **options: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {about['token']}"}
    return requests.request(method, about["url"] + path, headers=headers, timeout=20, **options)


def test_a_killed_process_has_lost_nothing_it_answered(tmp_path: Path) -> None:
    folder, port_file = tmp_path / "state", tmp_path / "port"
    process, about = start("--state", str(folder), "--port-file", str(port_file))
    try:
        assert about["url"] == f"http://127.0.0.1:{port_file.read_text(encoding='utf-8').strip()}"
        body = {"description": "熟客", "audiences": [{"id": one} for one in user_ids(100)]}
        created = call(about, "POST", "/v2/bot/audienceGroup/upload", json=body).json()["audienceGroupId"]
        more = {"audienceGroupId": created, "audiences": [{"id": one} for one in user_ids(50, 100)]}
        assert call(about, "PUT", "/v2/bot/audienceGroup/upload", json=more).status_code == 202
        # One more arrives, and the answer never leaves: the kill comes first.
        call(
            about,
            "POST",
            "/__simulator__/faults",
            json={"kind": "latency", "seconds": 60, "after_processing": True},
        )
        last = {"audienceGroupId": created, "audiences": [{"id": one} for one in user_ids(1, 999)]}
        with pytest.raises(requests.ReadTimeout):
            requests.put(
                f"{about['url']}/v2/bot/audienceGroup/upload",
                json=last,
                headers={"Authorization": f"Bearer {about['token']}"},
                timeout=(5, 0.5),
            )
    finally:
        end(process, kill=True)
    with Simulator(folder) as simulator:
        assert simulator.token == about["token"]
        assert simulator.ids_of(created) == {*user_ids(150), *user_ids(1, 999)}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no gentle end for another process")
def test_the_process_ends_when_it_is_told_to(tmp_path: Path) -> None:
    journal, people = tmp_path / "journal.jsonl", tmp_path / "people.json"
    someone = user_ids(1)[0]
    people.write_text(json.dumps({someone: {"display_name": "小美"}}), encoding="utf-8")
    process, about = start("--journal", str(journal), "--people", str(people))
    try:
        assert set(about) == {"url", "token", "channel_id", "channel_secret"}
        assert call(about, "GET", f"/v2/bot/profile/{someone}").json()["displayName"] == "小美"
    finally:
        status = end(process, kill=False)
    assert status == 0
    assert [json.loads(line)["status"] for line in journal.read_text(encoding="utf-8").splitlines()] == [200]
