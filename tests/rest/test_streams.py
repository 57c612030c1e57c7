"""Lists as CSV and as a JSON object a line: what they hold, for whom, and at what cost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.api import streams
from core.extensions import db
from core.host import services
from core.identity.models import RoleField
from core.identity.service import role_named
from plugin_api.models import model_of
from tests.api.kit import Api, statements
from tests.rest.kit import ACME, Served

ACCOUNTS = "/crm/accounts"
CSV, NDJSON = "text/csv", "application/x-ndjson"


def lines(api: Api, query: str, **headers: str) -> list[Any]:
    answer = api.call("GET", f"{ACCOUNTS}{query}", Accept=NDJSON, **headers)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == NDJSON
    return [json.loads(line) for line in answer.text.splitlines()]


def table(api: Api, query: str) -> list[dict[str, str]]:
    answer = api.call("GET", f"{ACCOUNTS}{query}", Accept=CSV)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.fixture(scope="module", autouse=True)
def made(served: Served) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(streams, "CHUNK", 50)
    served.make_many(403, city="Ulm")
    yield
    patch.undo()


def test_lines_are_what_lists_hold(served: Served) -> None:
    asked = "?name__startswith=Many&sort=-name"
    found = lines(served("ada"), asked)
    assert len(found) == 403
    page = served("ada").get(f"{ACCOUNTS}{asked}&limit=1000")["items"]
    assert found == page
    narrow = lines(served("ada"), "?name=Many 00007&fields=name,city")
    assert [set(each) for each in narrow] == [{"id", "version", "name", "city"}]


def test_a_table_is_what_an_export_holds(served: Served) -> None:
    rows = table(served("ada"), "?name__startswith=Many&fields=id,name,owner,created_at&sort=name")
    assert [row["name"] for row in rows] == [f"Many {n:05}" for n in range(403)]
    assert {row["owner"] for row in rows} == {"Rita"}
    assert table(served("ada"), "?name=nobody is called so") == []


def test_it_may_be_cut_short(served: Served) -> None:
    assert len(lines(served("ada"), "?limit=7")) == len(table(served("ada"), "?limit=7")) == 7


def test_no_cell_is_a_formula(served: Served) -> None:
    text = "=HYPERLINK(A1)"
    served("ada").make(ACCOUNTS, name="Formula", city=text, external_id="-5")
    [row] = table(served("ada"), "?name=Formula")
    assert (row["city"], row["external_id"]) == (f"'{text}", "-5")
    assert lines(served("ada"), "?name=Formula")[0]["city"] == text


def test_everybody_gets_what_they_may_export(served: Served) -> None:
    served("ravi").make(ACCOUNTS, name="Of Ravi", phone="+86 10 8888 6666")
    with served.inst.working(ACME):
        role = role_named("manager").id
        hidden = RoleField(role_id=role, model="crm.Account", field="phone", narrowed="hidden")
        db.session.add(hidden)
    own = lines(served("ravi"), "")
    assert {each["owner"]["label"] for each in own} == {"Ravi"}
    assert [each["phone"] for each in own if each["name"] == "Of Ravi"] != [None]
    assert len(table(served("ravi"), "")) == len(own)
    assert all("phone" not in each for each in lines(served("max"), "?limit=5"))
    assert "phone" not in table(served("max"), "?limit=5")[0]
    assert lines(served("olga"), "") == []
    with served.inst.working(ACME):
        db.session.delete(db.session.merge(hidden))


@pytest.mark.parametrize("form", [CSV, NDJSON])
def test_it_needs_the_right_to_export(served: Served, form: str) -> None:
    with served.inst.working(ACME):
        person = served.inst.person(ACME, f"io{form[-3:]}", "rep")
        assert person
    token = served.inst.token(ACME, f"io{form[-3:]}")["Authorization"].split()[1]
    reader = Api(served.app, token)
    assert reader.call("GET", ACCOUNTS, Accept=form).status_code == 200
    from core.identity.models import RoleGrant

    with served.inst.working(ACME):
        grant: Any = db.session.query(RoleGrant).filter_by(
            role_id=role_named("rep").id, permission="crm.Account.export"
        ).first()  # fmt: skip
        if grant is None:
            db.session.add(RoleGrant(role_id=role_named("rep").id, permission="crm.Account.export",
                                     scope="none"))  # fmt: skip
        else:
            grant.scope = "none"
    reader.checked(reader.call("GET", ACCOUNTS, Accept=form), 403)
    reader.get(ACCOUNTS)
    with served.inst.working(ACME):
        db.session.query(RoleGrant).filter_by(
            role_id=role_named("rep").id, permission="crm.Account.export"
        ).one().scope = "own"  # fmt: skip


@pytest.mark.parametrize(
    ("query", "name"),
    [("?cursor=x", "cursor"), ("?count=true", "count"), ("?limit=0", "limit"), ("?no=1", "no"),
     ("?fields=no", "fields"), ("?q=a&q=b", "q")],
)  # fmt: skip
@pytest.mark.parametrize("form", [CSV, NDJSON])
def test_what_is_wrong_is_said_before_anything_is_sent(
    served: Served, form: str, query: str, name: str
) -> None:
    api = served("ada")
    refused = api.checked(api.call("GET", f"{ACCOUNTS}{query}", Accept=form), 422)
    assert list(refused["errors"]) == [name]


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/csv, application/json;q=0.5", CSV),
        ("application/x-ndjson", NDJSON),
    ],
)
def test_the_client_says_which_form(served: Served, accept: str, mimetype: str) -> None:
    answer = served("ada").call("GET", f"{ACCOUNTS}?limit=1", Accept=accept)
    assert answer.mimetype == mimetype
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("form", [CSV, NDJSON])
def test_it_is_packed_for_who_unpacks(served: Served, form: str) -> None:
    asked = f"{ACCOUNTS}?name__startswith=Many"
    plain = served("ada").call("GET", asked, Accept=form)
    packed = served("ada").call("GET", asked, Accept=form, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 5


def test_it_is_one_statement_that_sees_nothing_of_what_others_write(served: Served) -> None:
    api = served("ada")
    with statements(served.app) as seen:
        answer = api.call("GET", f"{ACCOUNTS}?name__startswith=Many&sort=-name", Accept=NDJSON)
        answer.get_data()
    assert sum("crm_account" in each for each in seen) == 1
    client = served.app.test_client(use_cookies=False)
    open_answer = client.get(
        f"/api/v1{ACCOUNTS}?name__startswith=Many&sort=-name",
        headers={**api.headers, "Accept": NDJSON},
        buffered=False,
    )
    parts = iter(open_answer.iter_encoded())
    first = next(parts)
    # On another thread: one request holds this one until it is read.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(api.make, ACCOUNTS, name="Many 00000 and later").result()
    rest = b"".join(parts)
    found = [json.loads(line)["name"] for line in (first + rest).decode().splitlines()]
    assert len(found) == 403 and "Many 00000 and later" not in found


def test_memory_does_not_grow_with_the_rows(served: Served) -> None:
    """Of four times the rows, no more is held at once than of some."""
    peaks = []
    for asked in ("?name__startswith=Many 000", "?name__startswith=Many"):
        answer = served.app.test_client(use_cookies=False).get(
            f"/api/v1{ACCOUNTS}{asked}",
            headers={**served("ada").headers, "Accept": NDJSON},
            buffered=False,
        )
        parts = answer.iter_encoded()
        tracemalloc.start()
        for _part in parts:
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 2, peaks


def test_a_stream_that_fails_is_broken_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes a part for the whole."""
    real = streams.shower

    def failing(model: Any, names: Any) -> Any:
        of_shape, seen = real(model, names), iter(range(10_000))

        def shaped(shape: Any) -> Any:
            show = of_shape(shape)

            def shown(values: Any) -> Any:
                if next(seen) == 300:
                    raise RuntimeError("the disk is gone")
                return show(values)

            return shown

        return shaped

    monkeypatch.setattr(streams, "shower", failing)
    with pytest.raises(RuntimeError):
        lines(served("ada"), "")
    monkeypatch.undo()
    assert lines(served("ada"), "?limit=1")


def test_custom_fields_are_there(served: Served) -> None:
    with served.inst.working(ACME):
        field: Any = model_of("core.CustomField")
        services().records.create(
            field, {"model": "crm.Account", "kind": "text", "label": "Region"}
        )
    served("ada").make(ACCOUNTS, name="Own field", x_region="South")
    assert lines(served("ada"), "?x_region=South")[0]["x_region"] == "South"
    assert table(served("ada"), "?x_region=South")[0]["x_region"] == "South"


def test_a_form_is_asked_for_with_its_charset_too(served: Served) -> None:
    for form in ("text/csv", "application/x-ndjson"):
        with served("ada").call("GET", "/crm/accounts", Accept=f"{form}; charset=utf-8") as answer:
            assert answer.mimetype == form
