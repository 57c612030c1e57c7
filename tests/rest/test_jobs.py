"""Exports as jobs, runs of jobs and saved views over REST."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from core.jobs import exports
from tests.rest.kit import Served

ACCOUNTS = "/crm/accounts"
FAR = 10**15


def test_an_export_is_a_job_whose_file_is_fetched(served: Served) -> None:
    rita, ada = served("rita"), served("ada")
    rita.make(ACCOUNTS, name="=Exported", city="Bonn")
    asked = {"format": "csv", "query": "city=Bonn&fields=name,city"}
    begun = rita.call("POST", f"{ACCOUNTS}/export", asked, Idempotency_Key="e1")
    assert begun.status_code == 202
    path = begun.headers["Location"].removeprefix("/api/v1")
    assert (begun.json["state"], begun.json["job"]) == ("queued", "core.export")
    assert rita.call("POST", f"{ACCOUNTS}/export", asked, Idempotency_Key="e1").json == begun.json
    rita.get(f"{path}/file", 404)
    served.work()
    done = rita.get(path)
    assert (done["state"], done["progress"], done["result"]) == ("done", 100, {"rows": 1})
    assert done["file"]["name"] == "Accounts.csv" and done["file"]["expires_at"]
    with rita.call("GET", done["file"]["href"].removeprefix("/api/v1")) as answer:
        text = answer.get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [{"name": "'=Exported", "city": "Bonn"}]
    # Who may see all jobs sees it, and gets neither its file nor what it has left.
    seen = ada.get(path)
    assert (seen["state"], seen["file"], seen["result"]) == ("done", None, {})
    ada.get(f"{path}/file", 403)
    for other in ("ravi", "olga"):
        served(other).get(path, 404)
        served(other).get(f"{path}/file", 404)
        served(other).post(f"{path}/cancel", {}, 404)
        served(other).post(f"{path}/retry", {}, 404)
    rita.post(f"{path}/cancel", {}, 409)
    rita.post(f"{path}/retry", {}, 422)


def test_a_file_is_kept_for_some_days(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    rita = served("rita")
    run = rita.post(f"{ACCOUNTS}/export", {"query": "sort=-name"}, 202)["id"]
    served.work()
    monkeypatch.setattr(exports, "file_of", lambda kept: None)
    assert rita.get(f"/jobs/{run}")["file"] is None
    rita.get(f"/jobs/{run}/file", 404)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"format": "pdf"}, "format"),
        ({"query": 1}, "query"),
        ({"ids": "yes"}, "ids"),
        ({"no": 1}, "no"),
        ({"query": "nothing=1"}, "nothing"),
        ({"query": "limit=5"}, "limit"),
        ({"query": "city=Hof&city=Kiel"}, "city"),
        ({"query": "sort=nothing"}, "sort"),
    ],
)
def test_an_export_that_cannot_be_is_refused_at_once(
    served: Served, sent: dict[str, Any], field: str
) -> None:
    assert list(served("ada").post(f"{ACCOUNTS}/export", sent, 422)["errors"]) == [field]


def test_runs_are_listed_for_whom_they_concern(served: Served) -> None:
    rita, ada, ravi = served("rita"), served("ada"), served("ravi")
    runs = [rita.post(f"{ACCOUNTS}/export", {}, 202)["id"] for _n in range(3)]
    page = rita.get("/jobs?limit=2&state=queued")
    assert [row["id"] for row in page["items"]] == runs[:0:-1]
    rest = rita.get(f"/jobs?limit=2&state=queued&cursor={page['next']}")
    assert rest["items"][0]["id"] == runs[0]
    assert {row["user"]["label"] for row in rita.get("/jobs")["items"]} == {"Rita"}
    assert ravi.get("/jobs")["items"] == served("olga").get("/jobs")["items"] == []
    assert {row["id"] for row in ada.get("/jobs?job=core.export")["items"]} >= set(runs)
    for name, value in (("state", "no"), ("limit", "0"), ("cursor", "x"), ("no", "1")):
        assert list(ada.get(f"/jobs?{name}={value}", 422)["errors"]) == [name]
    assert rita.post(f"/jobs/{runs[0]}/cancel", {}, 202)["state"] == "cancelled"
    assert rita.post(f"/jobs/{runs[0]}/retry", {}, 202)["state"] == "queued"
    served.work()
    assert rita.get(f"/jobs/{runs[0]}")["state"] == "done"


def test_jobs_are_started_by_who_may(served: Served) -> None:
    run = served("ada").post("/jobs", {"job": "core.tidy_up"}, 202)
    served.work()
    assert served("ada").get(f"/jobs/{run['id']}")["state"] == "done"
    for sent in ({"job": "core.export"}, {"job": "no"}, {"job": 1}, {}):
        assert list(served("ada").post("/jobs", sent, 422)["errors"]) == ["job"]
    served("rita").post("/jobs", {"job": "core.tidy_up"}, 403)
    served("rita").get(f"/jobs/{run['id']}", 404)
    for path in (f"/jobs/{FAR}", "/jobs/99999999999999999999"):
        served("ada").get(path, 404)


def test_questions_are_kept_shared_and_asked(served: Served) -> None:
    rita, ravi = served("rita"), served("ravi")
    for n in range(3):
        rita.make(ACCOUNTS, name=f"View {n}", city="Jena")
    made = rita.post(f"{ACCOUNTS}/views", {"name": "Jena", "query": "city=Jena&sort=-name"}, 201)
    path = f"{ACCOUNTS}/views/{made['id']}"
    assert (made["share"], made["mine"], made["owner"]) == ("private", True, "Rita")
    assert rita.get(path) == made
    page = rita.get(f"{path}/records?limit=2&count=true&fields=name")
    assert [row["name"] for row in page["items"]] == ["View 2", "View 1"]
    assert page["total"] == 3
    more = rita.get(f"{path}/records?limit=2&fields=name&cursor={page['next']}")
    assert [row["name"] for row in more["items"]] == ["View 0"]
    streamed = rita.call("GET", f"{path}/records?fields=name", Accept="text/csv")
    assert streamed.text == "name\nView 2\nView 1\nView 0\n"
    rita.get(f"{path}/records?city=Ulm", 422)
    for other in (ravi, served("olga")):
        other.get(path, 404)
        other.patch(path, {"name": "Mine"}, 404)
        other.delete(path, status=404)
        other.get(f"{path}/records", 404)
    changed = rita.patch(path, {"name": "In Jena", "query": "city=Jena"})
    assert (changed["name"], changed["query"]) == ("In Jena", "city=Jena")
    rita.delete(path)
    rita.get(path, 404)


def test_shared_views_ask_as_who_looks(served: Served) -> None:
    made = served("max").post(
        f"{ACCOUNTS}/views", {"name": "All", "query": "sort=name", "share": "company"}, 201
    )
    path = f"{ACCOUNTS}/views/{made['id']}"
    seen = served("ravi").get(path)
    assert (seen["mine"], seen["owner"]) == (False, "Max")
    assert all(row["owner"]["label"] == "Ravi"
               for row in served("ravi").get(f"{path}/records")["items"])  # fmt: skip
    served("ravi").patch(path, {"name": "No"}, 404)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"query": "sort=name"}, "name"),
        ({"name": "A"}, "query"),
        ({"name": " ", "query": "sort=name"}, "name"),
        ({"name": "x" * 61, "query": "sort=name"}, "name"),
        ({"name": 1, "query": "sort=name"}, "name"),
        ({"name": "A", "query": "sort=name", "no": "x"}, "no"),
        ({"name": "A", "query": "sort=name", "share": "world"}, "share"),
        ({"name": "A", "query": "nothing=1"}, "nothing"),
    ],
)
def test_a_view_that_cannot_be_is_refused(served: Served, sent: dict[str, Any], field: str) -> None:
    assert list(served("ada").post(f"{ACCOUNTS}/views", sent, 422)["errors"]) == [field]
