"""What a journey left behind, asked of the shop file and of the simulated LINE rather than of the picture on the screen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from desktop.store.shop_file import open_reader


def rows(shop: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Rows of a shop file that a window may have open."""
    db = open_reader(shop)
    try:
        return [tuple(row) for row in db.all(sql, parameters)]
    finally:
        db.close()


def value(shop: Path, sql: str, *parameters: object) -> Any:
    """The first value of the first row."""
    return rows(shop, sql, *parameters)[0][0]


def people_with(shop: Path, tag: str) -> int:
    """How many people have a tag."""
    sql = "SELECT count(*) FROM person_tag JOIN tag ON tag.id = tag_id WHERE tag.name = ?"
    return int(value(shop, sql, tag))


def reachable_with(shop: Path, tag: str) -> set[str]:
    """The user IDs that an upload of a tag has to carry, read without the program's own conditions."""
    sql = """SELECT line_user_id FROM person JOIN person_tag ON person_id = person.id JOIN tag ON tag.id = tag_id
        WHERE tag.name = ? AND line_user_id IS NOT NULL AND coalesce(blocked, 0) = 0 AND coalesce(consent, 1) = 1
        AND do_not_send = 0 AND coalesce(friend, 1) = 1"""
    return {row[0] for row in rows(shop, sql, tag)}


@dataclass(frozen=True)
class MenusAtLine:
    """The rich menus at LINE: the objects and the sizes in bytes of the pictures by ID, the default's ID, and whose menu is which."""

    objects: dict[str, dict[str, Any]]
    pictured: dict[str, int]
    default: str
    links: dict[str, str]


class SimulatedLine:
    """The simulated LINE inside a running program, asked over its own port.

    Args:
        process: the program's process ID.
    """

    def __init__(self, process: int) -> None:
        self._url = f"http://127.0.0.1:{_listening_port(process)}/__simulator__/"

    def audiences(self) -> list[dict[str, Any]]:
        """All audiences."""
        found: list[dict[str, Any]] = self._ask("GET", "audiences")["audiences"]
        return found

    def ids_of(self, audience: int) -> set[str]:
        """The user IDs in one."""
        with urlopen(f"{self._url}audiences/{audience}/ids", timeout=10) as answer:
            return set(answer.read().decode("ascii").split())

    def rich_menus(self, folder: Path) -> MenusAtLine:
        """All rich menus; ``folder`` is where the simulated LINE keeps its state."""
        kept = json.loads((folder / "rich_menus.json").read_text(encoding="utf-8"))
        token = str(self._ask("GET", "")["token"])
        pictured = {key: len(self._as_shop(f"v2/bot/richmenu/{key}/content", token)) for key in kept["menus"]}
        default = json.loads(self._as_shop("v2/bot/user/all/richmenu", token))
        objects = {key: menu["object"] for key, menu in kept["menus"].items()}
        return MenusAtLine(objects, pictured, str(default["richMenuId"]), kept["links"])

    def befall(self, kind: str, **limits: Any) -> None:
        """Set a fault; see desktop.simulator.faults."""
        self._ask("POST", "faults", {"kind": kind, **limits})

    def heal(self) -> None:
        """Take all faults away."""
        self._ask("DELETE", "faults")

    def advance(self, seconds: float) -> None:
        """Let LINE's time pass."""
        self._ask("POST", "clock", {"seconds": seconds})

    def _as_shop(self, path: str, token: str) -> bytes:
        """What LINE answers the shop."""
        request = Request(
            self._url.replace("__simulator__/", path), headers={"Authorization": f"Bearer {token}"}
        )
        with urlopen(request, timeout=10) as answer:
            found: bytes = answer.read()
        return found

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = json.dumps(body).encode() if body is not None else None
        request = Request(f"{self._url}{path}", data, {"Content-Type": "application/json"}, method=method)
        with urlopen(request, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


def _listening_port(process: int) -> int:
    """The port on 127.0.0.1 that a process listens on (Linux, as these journeys are)."""
    links = (_target(link) for link in Path(f"/proc/{process}/fd").iterdir())
    sockets = {link[8:-1] for link in links if link.startswith("socket:[")}
    for line in Path(f"/proc/{process}/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        parts = line.split()
        if parts[3] == "0A" and parts[9] in sockets and parts[1].startswith("0100007F:"):
            return int(parts[1].partition(":")[2], 16)
    raise LookupError("the program's simulated LINE does not run")


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""
