"""Answers under gzip, and imports that are called off."""

from __future__ import annotations

import gzip
import json

from core.api.packed import SHORTEST
from tests.api.kit import ROOT
from tests.rest.kit import Served
from tests.rest.test_imports import ACCOUNTS, IMPORTS, names, upload

MAP = '{"columns": {"name": "name", "city": "city"}}'
PAGE = f"{ROOT}{ACCOUNTS}?city=Ulm&sort=name"


def test_a_long_answer_is_packed_for_who_takes_it(served: Served) -> None:
    rita = served("rita")
    for number in range(12):
        rita.make(ACCOUNTS, name=f"Packed {number:02}", city="Ulm")
    plain = rita.client.get(PAGE, headers=rita.headers)
    assert "Content-Encoding" not in plain.headers
    assert len(plain.data) > SHORTEST
    takes = ("gzip", "br, gzip;q=0.5", "*", "identity;q=0.5, gzip;q=0.5", "gzip, identity;q=0.9")
    for asked in takes:
        packed = rita.client.get(PAGE, headers={**rita.headers, "Accept-Encoding": asked})
        assert packed.headers["Content-Encoding"] == "gzip", asked
        assert packed.headers["Content-Length"] == str(len(packed.data))
        assert len(packed.data) < len(plain.data) / 4
        assert json.loads(gzip.decompress(packed.data)) == plain.json
        assert "Accept-Encoding" in packed.headers["Vary"]
    likes_plain = ("gzip;q=0.1, identity;q=1", "identity, gzip;q=0.9", "gzip;q=0.5, *")
    for asked in ("", "br", "gzip;q=0", *likes_plain):
        again = rita.client.get(PAGE, headers={**rita.headers, "Accept-Encoding": asked})
        assert again.data == plain.data, asked


def test_a_short_one_and_one_with_a_version_stay_as_they_are(served: Served) -> None:
    rita = served("rita")
    made = rita.make(ACCOUNTS, name="Long", city="Ulm2", description="x" * 5000)
    takes = {**rita.headers, "Accept-Encoding": "gzip"}
    one = rita.client.get(f"{ROOT}{ACCOUNTS}/{made['id']}", headers=takes)
    assert "Content-Encoding" not in one.headers
    assert one.headers["ETag"] == '"1"'
    short = rita.client.get(f"{ROOT}{ACCOUNTS}?city=nowhere", headers=takes)
    assert short.json == {"items": [], "next": None}
    assert "Accept-Encoding" in short.headers["Vary"]


def test_an_import_is_called_off(served: Served) -> None:
    rita, ravi = served("rita"), served("ravi")
    waits = upload(
        rita, "name,city\nOff,Suhl\n", map='{"columns": {"name": "name", "city": "city"}}'
    )
    path = f"{IMPORTS}/{waits['id']}"
    ravi.call("DELETE", path).close()
    assert rita.get(path)["state"] == "uploaded", "it is nobody else's"
    assert rita.call("DELETE", path).status_code == 204
    rita.get(path, 404)
    begun = upload(
        rita, "name,city\nOff,Suhl\n", map='{"columns": {"name": "name", "city": "city"}}'
    )
    path = f"{IMPORTS}/{begun['id']}"
    rita.post(f"{path}/run", {}, 202)
    stopped = rita.call("DELETE", path)
    assert stopped.status_code == 202
    assert stopped.json["state"] == "cancelled"
    served.work()
    assert names(rita, "Suhl") == []
    assert rita.call("DELETE", path).status_code == 204
    done = upload(rita, "name,city\nIn,Suhl\n", map=MAP)
    path = f"{IMPORTS}/{done['id']}"
    rita.post(f"{path}/run", {}, 202)
    served.work()
    assert rita.call("DELETE", path).status_code == 409
    assert names(rita, "Suhl") == ["In"]
