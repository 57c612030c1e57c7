"""The story of ``docs/rest.md`` runs as it stands, against a server with a worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from werkzeug.serving import make_server

from core.host import services
from core.jobs.queue import queue
from core.jobs.work import work_off
from tests.docs.pages import BLOCK, ROOT
from tests.harness import Installation, install


class Shop(BaseHTTPRequestHandler):
    got: ClassVar[list[tuple[dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((dict(self.headers.items()), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def inst(tmp_path: Path) -> Iterator[Installation]:
    made = install(tmp_path, intranet="127.0.0.1/32")
    made.company("acme", "crm", currency="EUR", language="en")
    made.person("acme", "ada", "admin")
    yield made
    with made.app.app_context():
        queue().huey.storage.close()
        services().engine.dispose()


def serving(server: Any) -> Any:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    return thread


def test_the_story(inst: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    code: dict[str, str] = {}
    for name, text in BLOCK.findall((ROOT / "docs/rest.md").read_text("utf-8")):
        code[name] = code.get(name, "") + text
    server = make_server("127.0.0.1", 0, inst.app, threaded=True)
    shop = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    over = threading.Event()

    def worker() -> None:
        while not over.wait(0.05):
            work_off(inst.app)

    threads = [serving(server), serving(shop), threading.Thread(target=worker, daemon=True)]
    threads[-1].start()
    token = inst.token("acme", "ada")["Authorization"].split()[1]
    monkeypatch.setenv("XIAOGUAN_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("XIAOGUAN_TOKEN", token)
    monkeypatch.setenv("SHOP_URL", f"http://127.0.0.1:{shop.server_address[1]}/in")
    said: dict[str, Any] = {}
    try:
        for name in ("story.py", "hook.py", "receiver.py"):
            exec(compile(code[name], name, "exec"), said)
        said["call"]("POST", "/crm/accounts", json={"name": "Told", "city": "Hof"})
        said["call"]("POST", "/crm/accounts", json={"name": "Elsewhere", "city": "Ulm"})
        waited = threading.Event()
        for _try in range(200):
            if Shop.got or waited.wait(0.05):
                break
    finally:
        over.set()
        server.shutdown()
        shop.shutdown()
        for thread in threads:
            thread.join()
        server.server_close()
        shop.server_close()
        said["web"].close()
    _as_told(said)


def _as_told(said: dict[str, Any]) -> None:
    assert said["again"] == said["made"] and len(said["made"]["create"]) == 250
    assert len(said["found"]) == len({each["id"] for each in said["found"]}) == 250
    assert len(said["names"]) == 250
    assert (said["changed"]["city"], said["changed"]["version"]) == ("Kiel", 2)
    assert (said["report"]["updated"], said["report"]["created"]) == (1, 1)
    assert said["report"]["row_errors"][0]["field"] == "name"
    assert (said["taken"]["state"], said["taken"]["result"]["created"]) == ("done", 1)
    assert said["written"]["name"] == "Accounts.csv"
    assert len(said["table"].splitlines()) == 250
    [(headers, body)] = Shop.got
    lower = {name.lower(): value for name, value in headers.items()}
    assert said["is_genuine"](said["secret"], lower, body)
    assert not said["is_genuine"](said["secret"], lower, body + b" ")
    assert not said["is_genuine"](said["secret"], {**lower, "webhook-timestamp": "1"}, body)
    assert b'"Told"' in body
