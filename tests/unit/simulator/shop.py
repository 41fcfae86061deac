"""A shop's side of the simulator for these tests: plain requests over real sockets, with short names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import requests

from desktop.simulator import Simulator

UPLOAD = "/v2/bot/audienceGroup/upload"
BY_FILE = f"{UPLOAD}/byFile"
LIST = "/v2/bot/audienceGroup/list"


def user_ids(count: int, first: int = 0) -> list[str]:
    """Well-formed user IDs, all different."""
    return [f"U{number:032x}" for number in range(first, first + count)]


class Shop:
    """One keep-alive connection to a simulator, with its long-lived token."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {simulator.token}"

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """One request; no redirect is followed."""
        options.setdefault("timeout", 20)
        return self.session.request(method, self.simulator.url + path, allow_redirects=False, **options)

    def create(self, name: object, ids: Sequence[object] = (), **fields: object) -> requests.Response:
        """Create an audience by JSON."""
        body = {"description": name, "audiences": [{"id": one} for one in ids], **fields}
        return self.call("POST", UPLOAD, json=body)

    def created(self, name: str, ids: Sequence[str]) -> int:
        """The ID of a new audience."""
        answer = self.create(name, ids)
        assert answer.status_code == 202, answer.text
        return int(answer.json()["audienceGroupId"])

    def add(self, audience_group_id: object, ids: Sequence[object], **fields: object) -> requests.Response:
        """Add IDs by JSON."""
        body = {"audienceGroupId": audience_group_id, "audiences": [{"id": one} for one in ids], **fields}
        return self.call("PUT", UPLOAD, json=body)

    def send_file(
        self, method: str, content: bytes, kind: str = "text/plain", **fields: str
    ) -> requests.Response:
        """Create (POST) or add (PUT) by file."""
        return self.call(method, BY_FILE, data=fields, files={"file": ("ids.txt", content, kind)})

    def get(self, audience_group_id: int) -> dict[str, Any]:
        """One look at an audience."""
        answer = self.call("GET", f"/v2/bot/audienceGroup/{audience_group_id}")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    def status(self, audience_group_id: int) -> str:
        """LINE's status at one look."""
        return str(self.get(audience_group_id)["audienceGroup"]["status"])

    def listed(self, **parameters: object) -> dict[str, Any]:
        """One page of the list."""
        answer = self.call("GET", LIST, params={"page": 1, **parameters})
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    def close(self) -> None:
        """End the connection."""
        self.session.close()


def code(answer: requests.Response) -> str:
    """The code of a refusal in LINE's body shape, checked to be of that shape."""
    body = answer.json()
    assert set(body) <= {"message", "details"}
    assert isinstance(body["message"], str)
    details = body.get("details", [{}])
    assert len(details) == 1
    assert set(details[0]) <= {"message", "property"}
    return str(details[0].get("message", ""))
