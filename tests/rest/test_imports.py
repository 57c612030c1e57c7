"""Imports over REST: kept, checked, taken in by a job, and taken back."""

from __future__ import annotations

import io
from typing import Any

import pytest

from core.data.importing import background, saved
from core.data.importing.mapping import make_map
from tests.api.kit import ROOT, Api
from tests.rest.kit import ACME, Served

ACCOUNTS = "/crm/accounts"
IMPORTS = f"{ACCOUNTS}/imports"


def upload(api: Api, content: str, status: int = 201, name: str = "in.csv", **form: Any) -> Any:
    data = {"file": (io.BytesIO(content.encode()), name), **form}
    answer = api.client.post(f"{ROOT}{IMPORTS}", data=data, headers=api.headers)
    return api.checked(answer, status)


def names(api: Api, city: str) -> list[str]:
    return sorted(api.names(f"{ACCOUNTS}?city={city}"))


def test_a_file_is_kept_checked_taken_in_and_taken_back(served: Served) -> None:
    rita = served("rita")
    made = upload(
        rita,
        "Firm,city\nAlpha,Gera\nBeta,Gera\n,Gera\n",
        map='{"columns": {"name": "Firm", "city": "city"}}',
    )
    path = f"{IMPORTS}/{made['id']}"
    assert (made["state"], made["file"], made["map"]["columns"]["name"]) == (
        "uploaded", "in.csv", "Firm",
    )  # fmt: skip
    report = rita.post(f"{path}/check", {"on_error": "skip"})
    assert (report["outcome"], report["rows"], report["created"], report["errors"]) == (
        "dry run", 3, 2, 1,
    )  # fmt: skip
    assert (report["row_errors"][0]["line"], report["row_errors"][0]["field"]) == (4, "name")
    assert names(rita, "Gera") == []
    wrong = rita.get(path)["bad_rows"].removeprefix(ROOT)
    with rita.call("GET", wrong) as answer:
        assert answer.get_data(as_text=True).splitlines()[1].startswith(",Gera,")
    job = rita.post(f"{path}/run", {"on_error": "skip"}, 202)
    rita.post(f"{path}/run", {}, 409)
    served.work()
    done = rita.get(f"/jobs/{job['id']}")
    assert (done["state"], done["result"]["created"], done["result"]["errors"]) == ("done", 2, 1)
    assert done["result"]["row_errors"][0]["line"] == 4
    assert names(rita, "Gera") == ["Alpha", "Beta"]
    told = rita.get(path)
    assert (told["state"], told["created"], told["revertible"]) == ("done", 2, True)
    rita.post(f"{path}/check", {}, 409)
    assert told["taken_back"] is None
    assert rita.post(f"{path}/revert", {"force": True}, 422)["errors"].keys() == {"force"}
    back = rita.post(f"{path}/revert", {})
    assert (back["deleted"], back["left"]) == (2, 0)
    assert names(rita, "Gera") == []
    assert rita.post(f"{path}/revert", {}, 422)["errors"].keys() == {"_record"}
    assert rita.get(path)["taken_back"] == {"deleted": 2, "restored": 0, "gone": 0, "left": 0}


def test_a_job_that_takes_an_import_back_says_what_it_did(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "MANY", 2)
    rita = served("rita")
    path = f"{IMPORTS}/{upload(rita, 'name,city' + 4 * (chr(10) + 'A,Apolda'))['id']}"
    rita.post(f"{path}/run", {}, 202)
    served.work()
    first, second, *_rest = rita.get(f"{ACCOUNTS}?city=Apolda&sort=id")["items"]
    rita.patch(f"{ACCOUNTS}/{first['id']}", {"version": 1, "website": "a.example"})
    rita.delete(f"{ACCOUNTS}/{second['id']}", {"version": 1})
    job = rita.post(f"{path}/revert", {}, 202)["id"]
    served.work()
    done = rita.get(f"/jobs/{job}")
    told = {"deleted": 2, "restored": 0, "gone": 1, "left": 1}
    assert {name: done["result"][name] for name in told} == told
    assert done["text"] == "Deleted: 2. Set back: 0. Left alone: 1. Gone already: 1."
    assert rita.get(path)["taken_back"] == told


def test_one_wrong_row_keeps_all_out_unless_told_otherwise(served: Served) -> None:
    rita = served("rita")
    made = upload(rita, "name,employees,city\nA,no,Suhl\nB,2,Suhl")
    path = f"{IMPORTS}/{made['id']}"
    job = rita.post(f"{path}/run", {}, 202)["id"]
    served.work()
    failed = rita.get(f"/jobs/{job}")
    assert (failed["state"], failed["result"]["errors"]) == ("failed", 1)
    assert names(rita, "Suhl") == []
    assert rita.get(path)["bad_rows"]


def test_rows_are_sent_as_json_and_come_in_as_they_are(served: Served) -> None:
    rita = served("rita")
    rows = [
        {"name": "=1+1", "city": "Wismar", "employees": 12, "archived": False},
        {"name": "'=quoted", "city": "Wismar", "annual_revenue": "10.50", "employees": None},
    ]
    made = rita.post(IMPORTS, {"rows": rows, "name": "shop"}, 201, Idempotency_Key="i1")
    assert rita.post(IMPORTS, {"rows": rows, "name": "shop"}, 201, Idempotency_Key="i1") == made
    rita.post(f"{IMPORTS}/{made['id']}/run", {}, 202)
    served.work()
    found = rita.get(f"{ACCOUNTS}?city=Wismar&sort=id")["items"]
    assert [(row["name"], row["employees"]) for row in found] == [("=1+1", 12), ("'=quoted", None)]
    assert found[1]["annual_revenue"] == "10.50"


def test_the_map_of_an_earlier_import_is_used_again(served: Served) -> None:
    rita = served("rita")
    toml = '[options]\nkey = "external_id"\n[columns]\nexternal_id = "No"\nname = "Firm"\n'
    first = upload(rita, "No,Firm\nk1,One\n", map=toml)
    second = upload(rita, "No,Firm\nk1,Uno\n", like=first["id"])
    assert second["map"] == first["map"]
    for made in (first, second):
        job = rita.post(f"{IMPORTS}/{made['id']}/run", {}, 202)["id"]
        served.work()
        assert rita.get(f"/jobs/{job}")["state"] == "done"
    assert rita.names(f"{ACCOUNTS}?external_id=k1") == ["Uno"]
    with served.inst.working(ACME):
        kept = saved.keep("crm.accounts", "Shop", make_map(first["map"]), ["No", "Firm"])
        assert kept.id
    assert upload(rita, "No,Firm\nk2,Two\n", saved="Shop")["map"] == first["map"]
    assert list(upload(rita, "No\n1", 422, saved="None")["errors"]) == ["saved"]
    assert list(upload(rita, "No\n1", 422, saved="Shop", like=first["id"])["errors"]) == ["saved"]
    other = upload(served("ravi"), "No,Firm\nk1,One\n", 422, like=first["id"])
    assert list(other["errors"]) == ["like"]


def test_a_large_file_is_checked_by_a_job(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "LARGE", 10)
    rita = served("rita")
    made = upload(rita, "name,city\nA,Greiz")
    path = f"{IMPORTS}/{made['id']}"
    job = rita.post(f"{path}/check", {}, 202)["id"]
    served.work()
    done = rita.get(f"/jobs/{job}")
    assert (done["state"], done["result"]["outcome"]) == ("done", "dry run")
    assert done["text"] == "1 rows would be imported"
    assert names(rita, "Greiz") == []
    assert rita.get(path)["state"] == "uploaded"


@pytest.mark.parametrize(
    ("content", "form", "field"),
    [
        ("name\nA", {"map": '{"columns": {"name": "Firm"}}'}, "map"),
        ("name\nA", {"map": "{no json"}, "map"),
        ("name\nA", {"like": "x"}, "like"),
        ("name\nA", {"no": "x"}, "no"),
        ("name\nA", {"key": "city"}, "map"),
    ],
)
def test_what_does_not_go_together_is_refused(
    served: Served, content: str, form: dict[str, str], field: str
) -> None:
    assert list(upload(served("rita"), content, 422, **form)["errors"]) == [field]


@pytest.mark.parametrize("sent", [{}, {"rows": []}, {"rows": "x"}, {"rows": [1]},
                                  {"rows": [{"name": {}}]}])  # fmt: skip
def test_rows_that_are_none_are_refused(served: Served, sent: Any) -> None:
    assert "rows" in next(iter(served("rita").post(IMPORTS, sent, 422)["errors"]))


def test_an_import_is_for_who_began_it_and_who_administers(served: Served) -> None:
    made = upload(served("rita"), "name\nMine")
    path = f"{IMPORTS}/{made['id']}"
    assert served("ada").get(path)["id"] == made["id"]
    assert made["id"] in [row["id"] for row in served("ada").get(f"{IMPORTS}?limit=5")["items"]]
    for other in ("ravi", "olga"):
        assert made["id"] not in [row["id"] for row in served(other).get(IMPORTS)["items"]]
        for method, tail in (("GET", ""), ("POST", "/check"), ("POST", "/run"),
                             ("GET", "/bad-rows"), ("POST", "/revert")):  # fmt: skip
            api = served(other)
            api.checked(api.call(method, path + tail, {} if method == "POST" else None), 404)
    served("rita").get(f"/crm/leads/imports/{made['id']}", 404)
    for tail in ("", "/bad-rows"):
        served("ana").get(path + tail, 403)
    served("ana").get(IMPORTS, 403)


def test_what_is_sent_again_under_its_key_is_done_once(served: Served) -> None:
    rita = served("rita")

    def send(content: str = "name,city\nAlpha,Lohr\n", **form: str) -> Any:
        data = {"file": (io.BytesIO(content.encode()), "in.csv"), **form}
        headers = rita.headers | {"Idempotency-Key": "file"}
        # Every time with another boundary between the parts, as clients draw one.
        return rita.client.post(f"{ROOT}{IMPORTS}", data=data, headers=headers)

    before = rita.get(IMPORTS)["items"]
    kept = send()
    assert (kept.status_code, send().json, send().status_code) == (201, kept.json, 201)
    assert [send("name\nBeta\n").status_code, send(key="name").status_code] == [422, 422]
    assert rita.get(IMPORTS)["items"][1:] == before
    path = f"{IMPORTS}/{kept.json['id']}"
    assert [rita.post(f"{path}/check", {}, Idempotency_Key="c") for _ in range(2)][1][
        "created"
    ] == 1
    jobs = [rita.post(f"{path}/run", {}, 202, Idempotency_Key="run") for _ in range(2)]
    served.work()
    jobs.append(rita.post(f"{path}/run", {}, 202, Idempotency_Key="run"))
    assert len({job["id"] for job in jobs}) == 1 and names(rita, "Lohr") == ["Alpha"]
    back = [rita.post(f"{path}/revert", {}, Idempotency_Key="back") for _ in range(2)]
    assert back[0] == back[1] and back[0]["deleted"] == 1


def test_nothing_that_is_sent_is_passed_over(served: Served) -> None:
    rita = served("rita")
    rows, before = [{"name": "Alpha"}], rita.get(IMPORTS)
    told = rita.post(IMPORTS, {"rows": rows, "on_error": "skip"}, 422)
    assert told["errors"] == {"on_error": ["There is no such field."]}
    assert upload(rita, "name\nA\n", 422, on_error="skip")["errors"].keys() == {"on_error"}
    assert upload(rita, "name\nA\n", 422, key=["name", "city"])["errors"].keys() == {"key"}
    assert rita.get(IMPORTS) == before
    path = f"{IMPORTS}/{upload(rita, 'name' + chr(10) + 'Alpha')['id']}"
    rita.post(f"{path}/run", {}, 202)
    assert rita.post(f"{path}/run", {}, 409)["detail"] == "A job is at it already."
