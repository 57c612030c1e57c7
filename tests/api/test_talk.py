"""Comments and files of records over REST."""

from __future__ import annotations

import io
from typing import Any

import pytest

from core.files import attachments
from tests.api.kit import ROOT, Api
from tests.api.test_openapi import fits
from tests.files.samples import GOOD


@pytest.fixture
def sale(as_: Any) -> str:
    """The address of a sale of Rita's."""
    return f"/ledger/sales/{as_('rita').make('/ledger/sales', name='Deal')['id']}"


def send(api: Api, sale: str, name: str, content: bytes) -> Any:
    data = {"file": (io.BytesIO(content), name)}
    return api.client.post(f"{ROOT}{sale}/attachments", data=data, headers=api.headers)


def test_comments_are_written_read_changed_and_deleted(as_: Any, sale: str, world: Any) -> None:
    rita, max_ = as_("rita"), as_("max")
    made = rita.post(f"{sale}/comments", {"text": "@Max please, @Ravi too"}, 201)
    assert made["author"] == {"id": world.users["rita"], "label": "Rita"}
    assert made["mentions"] == [{"id": world.users["max"], "label": "Max"}]
    assert made["unreached"] == ["Ravi"]
    answer = max_.post(f"{sale}/comments", {"text": "Done"}, 201)
    listed = rita.get(f"{sale}/comments")
    assert [each["text"] for each in listed["items"]] == ["Done", "@Max please, @Ravi too"]
    assert listed["next"] is None
    one = f"{sale}/comments/{made['id']}"
    assert rita.patch(one, {"text": "Never mind"})["edited_at"]
    max_.patch(one, {"text": "Mine"}, 403)
    max_.delete(one, status=403)
    rita.delete(one)
    rita.get(one, 404)
    assert rita.get(f"{sale}/comments/{answer['id']}")["text"] == "Done"


def test_pages_of_comments(as_: Any, sale: str) -> None:
    rita = as_("rita")
    for i in range(5):
        rita.post(f"{sale}/comments", {"text": f"Comment {i}"}, 201)
    first = rita.get(f"{sale}/comments?limit=3")
    rest = rita.get(f"{sale}/comments?limit=3&cursor={first['next']}")
    found = [each["text"][-1] for each in (*first["items"], *rest["items"])]
    assert found == ["4", "3", "2", "1", "0"] and rest["next"] is None
    for bad in ("limit=0", "limit=x", "limit=1001", "cursor=x", "cursor=-1", f"cursor={'9' * 30}"):
        rita.get(f"{sale}/comments?{bad}", 422)


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": 5}, {"text": "x" * 10_001}, {"text": "a", "author": 1}]
)
def test_bad_comments_are_refused(as_: Any, sale: str, body: Any) -> None:
    problem = as_("rita").post(f"{sale}/comments", body, 422)
    assert problem["errors"]


def test_a_comment_is_written_once_for_one_key(as_: Any, sale: str) -> None:
    rita = as_("rita")
    for _ in range(2):
        rita.post(f"{sale}/comments", {"text": "Once"}, 201, Idempotency_Key="k1")
    assert len(rita.get(f"{sale}/comments")["items"]) == 1


def test_files_are_sent_listed_fetched_and_deleted(as_: Any, sale: str) -> None:
    rita = as_("rita")
    answer = send(rita, sale, "合同.pdf", GOOD["pdf"])
    assert answer.status_code == 201
    made = answer.json
    assert (made["name"], made["type"]) == ("合同.pdf", "application/pdf")
    assert made["size"] == len(GOOD["pdf"])
    assert rita.get(f"{sale}/attachments")["items"] == [made]
    fetched = rita.client.get(made["href"], headers=rita.headers)
    assert fetched.data == GOOD["pdf"]
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in fetched.headers["Content-Security-Policy"]
    fetched.close()
    path = made["href"].removeprefix(ROOT)
    as_("max").get(f"{sale}/attachments")
    rita.delete(path)
    rita.get(path, 404)


def test_a_file_that_is_sent_again_under_its_key_is_attached_once(as_: Any, sale: str) -> None:
    rita = as_("rita")
    rita.headers = rita.headers | {"Idempotency-Key": "scan-7"}
    first, again = (send(rita, sale, "合同.pdf", GOOD["pdf"]) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json and again.headers["Idempotency-Replayed"] == "true"
    assert first.headers["Location"] == again.headers["Location"]
    assert send(rita, sale, "合同.pdf", GOOD["pdf"] + b"\n").status_code == 422
    assert send(rita, sale, "other.pdf", GOOD["pdf"]).status_code == 422
    assert rita.get(f"{sale}/attachments")["items"] == [first.json]


def test_nothing_that_is_sent_is_passed_over(as_: Any, sale: str) -> None:
    rita = as_("rita")
    twice = {"file": [(io.BytesIO(b"a"), "a.txt"), (io.BytesIO(b"b"), "b.txt")]}
    noted = {"file": (io.BytesIO(b"a"), "a.txt"), "note": "x"}
    for data, field in ((twice, "file"), (noted, "note")):
        path = f"{ROOT}{sale}/attachments"
        answer = rita.client.post(path, data=data, headers=rita.headers)
        assert answer.json["errors"].keys() == {field}
    for path in ("attachments?limit=1", "comments?state=x", "shares?limit=1"):
        name = path.partition("?")[2].partition("=")[0]
        assert rita.get(f"{sale}/{path}", 422)["errors"].keys() == {name}
    assert rita.get(f"{sale}/attachments")["items"] == []


def test_bad_files_are_refused_with_the_reason(
    as_: Any, sale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rita = as_("rita")
    lying = send(rita, sale, "a.png", GOOD["pdf"])
    assert lying.status_code == 422 and "a.png" in lying.json["errors"]["file"][0]
    assert rita.post(f"{sale}/attachments", {"file": "x"}, 422)["errors"]["file"]
    monkeypatch.setattr(attachments, "LARGEST", 1000)
    monkeypatch.setattr(attachments, "MEGABYTE", 1000)
    assert send(rita, sale, "a.txt", b"x" * 1200).status_code == 422
    assert send(rita, sale, "a.txt", b"x" * 5000).status_code == 413
    assert rita.get(f"{sale}/attachments")["items"] == []


@pytest.mark.parametrize("name", ["ravi", "olga", "ana"])
def test_nobody_elses(as_: Any, sale: str, name: str) -> None:
    rita, other = as_("rita"), as_(name)
    comment = rita.post(f"{sale}/comments", {"text": "Secret"}, 201)["id"]
    file = send(rita, sale, "a.txt", b"secret").json["id"]
    sees = name == "ana"
    for path in ("/comments", f"/comments/{comment}", "/attachments"):
        other.get(sale + path, 200 if sees else 404)
    answer = other.call("GET", f"{sale}/attachments/{file}")
    assert answer.status_code == (200 if sees else 404)
    answer.close()
    other.patch(f"{sale}/comments/{comment}", {"text": "x"}, 403 if sees else 404)
    other.delete(f"{sale}/comments/{comment}", status=403 if sees else 404)
    other.delete(f"{sale}/attachments/{file}", status=403 if sees else 404)
    assert send(other, sale, "b.txt", b"x").status_code == (403 if sees else 404)
    assert len(rita.get(f"{sale}/comments")["items"]) == 1


def test_huge_numbers_are_nobody(as_: Any, sale: str) -> None:
    rita, huge = as_("rita"), "9" * 30
    rita.get(f"{sale}/comments/{huge}", 404)
    rita.get(f"{sale}/attachments/{huge}", 404)
    rita.get(f"/ledger/sales/{huge}/comments", 404)


def test_it_is_described(ada: Api, as_: Any, sale: str) -> None:
    document = ada.get("/openapi.json")
    comment = ada.post(f"{sale}/comments", {"text": "Hello @Rita"}, 201)
    file = send(ada, sale, "a.txt", b"x").json
    assert fits(document, {"$ref": "#/components/schemas/Comment"}, comment)
    assert fits(document, {"$ref": "#/components/schemas/Attachment"}, file)
    at = "/api/v1/ledger/sales/{id}"
    assert {"get", "post"} <= document["paths"][f"{at}/comments"].keys()
    seen = as_("ana").get("/openapi.json")["paths"]
    assert "post" in seen[f"{at}/comments"] and "post" not in seen[f"{at}/attachments"]
