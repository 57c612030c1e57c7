"""What people type is shown as they typed it, and runs nowhere: in pages, headers, files."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest

from core.data.escaping import escape, unescape
from core.host import services
from plugin_api.models import CompanyModel
from tests.security.kit import ACME, World

MARK = "XSSQ"
EVIL = (
    f"<script>{MARK}()</script>\"'><img src=x onerror={MARK}()>{{{{7*7}}}}</textarea></title>"
    f"<svg/onload={MARK}()>"
)
BIDI = "\u202eevil\u2066"
SHORT = f'"><b onmouseover={MARK}()>'


class Tags(HTMLParser):
    """Finds what would run: elements and attributes that nobody of ours has written."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or name in ("srcdoc", "hx-on") or name.startswith("hx-on:"):
                self.found.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "formaction", "hx-get", "hx-post") and (
                text.startswith(("javascript:", "data:text", "vbscript:"))
            ):
                self.found.append(f"<{tag} {name}={text[:40]}>")
        if tag in ("img", "iframe", "object", "embed", "base") or (
            tag == "script" and not dict(attrs).get("src") and "json" not in str(attrs)
        ):
            self.found.append(f"<{tag}>")


def runs(text: str) -> list[str]:
    """What of a page would run that should not."""
    parser = Tags()
    parser.feed(text)
    if "49" in re.findall(r"(?<=\{\{)\d+(?=\}\})|(?<!\d)49(?=</textarea)", text):
        parser.found.append("{{7*7}}")
    return parser.found


@pytest.fixture(scope="module")
def evil(world: World) -> dict[str, int]:
    """Records, people and words that mean harm, wherever a text can be stored."""
    with world.inst.working(ACME):
        from core.extensions import db
        from core.identity.models import Team
        from core.identity.service import find_user

        find_user("rita@acme.example").name = f"Rita {SHORT}"
        db.session.query(Team).filter_by(name="North").one().name = f"North {SHORT}"
    account = world.make(
        ACME, "ada", "crm.Account", name=EVIL + BIDI, external_id=SHORT, city=EVIL[:90], phone=None
    )
    lead = world.make(ACME, "ada", "crm.Lead", name=EVIL, company_name=EVIL, description=EVIL)
    product = world.make(ACME, "ada", "catalog.Product", name=EVIL, code="P1", description=EVIL)
    deal = world.make(
        ACME, "ada", "crm.Opportunity", name=EVIL, account_id=account, product_id=product,
        amount=100, description=EVIL,
    )  # fmt: skip
    path = f"/crm/opportunities/{deal}"
    world.post(ACME, "ada", f"{path}/comments", text=f"{EVIL} javascript:x https://a.b/{SHORT}")
    file = (io.BytesIO(b"plain text"), f"{SHORT}.txt")
    world.post(ACME, "ada", f"{path}/files", file=file)
    world.post(ACME, "ada", path, version="1", name=f"{EVIL}2")
    state = f"q={quote(EVIL[:100])}"
    world.post(
        ACME, "ada", "/crm/opportunities/views/new", name=SHORT, state=state, share="company"
    )
    world.post(ACME, "ada", "/core/tokens", name=EVIL)
    world.post(ACME, "ada", "/crm/accounts/import",
               file=(io.BytesIO(b"name\nA\n"), f"{SHORT}.csv"))  # fmt: skip
    return {"account": account, "lead": lead, "product": product, "deal": deal}


def addresses(evil: dict[str, int], lists: list[str]) -> list[str]:
    said = quote(EVIL)
    deal, account = evil["deal"], evil["account"]
    return [
        *lists, *(f"{path}?q={said}" for path in lists), *(f"{path}/new" for path in lists),
        *(f"{path}?{said}={said}" for path in lists[:3]), "/", "/?all=1", "/analysis",
        f"/analysis?measure={said}", f"/analysis?by={said}", f"/analysis?from={said}",
        "/analysis?measure=crm.created&by=user", "/analysis?measure=crm.created&by=account",
        f"/analysis?measure=crm.created&by=account&account={account}",
        "/crm/opportunities?view=kanban", "/crm/opportunities?group=account",
        "/crm/opportunities?view=calendar", f"/crm/opportunities?account={said}",
        f"/crm/opportunities?where={said}", f"/crm/opportunities?sort={said}",
        f"/crm/opportunities?columns={said}", f"/crm/opportunities/conditions?state=q={said}",
        f"/crm/opportunities/columns?state={said}", f"/crm/opportunities/views/new?state=q={said}",
        f"/crm/opportunities/{deal}", f"/crm/opportunities/{deal}/access",
        f"/crm/opportunities/{deal}/timeline", f"/crm/opportunities/{deal}/files",
        f"/crm/opportunities/{deal}/followers", f"/crm/opportunities/{deal}/people?q=R",
        f"/crm/opportunities/{deal}?tab={said}", f"/crm/opportunities/new?name={said}&next=/{said}",
        f"/crm/opportunities/new?copy={deal}", f"/crm/accounts/{account}",
        f"/crm/leads/{evil['lead']}", f"/catalog/products/{evil['product']}",
        "/crm/accounts/lookup?q=x", f"/crm/accounts/lookup?q={said}", "/crm/accounts/import",
        f"/search?q={said}", f"/search/palette?q={said}", "/search/palette?q=", "/search?q=XSSQ",
        "/notifications", "/notifications/latest", "/profile", "/core/tokens", "/core/settings",
        "/core/plugins", "/core/teams/tree", "/core/audit", f"/core/audit?q={said}",
        f"/core/audit?model={said}&user={said}", "/core/jobs", "/crm/review", "/targets/attainment",
        f"/targets/attainment?measure={said}&period={said}", "/targets/split",
        f"/targets/split?total={said}", f"/nothing/{said}", f"/login?next=/{said}",
    ]  # fmt: skip


def test_no_page_runs_what_was_typed(world: World, evil: dict[str, int]) -> None:
    with world.app.app_context():
        lists = [
            f"/{model.plugin_id()}/{model.__collection__}"
            for model in services().registry.models.values()
            if model.__collection__ and issubclass(model, CompanyModel)
        ]
    wrong = {}
    shown = 0
    for path in addresses(evil, lists):
        with world.client(ACME, "ada").get(path) as answer:
            text = answer.get_data(as_text=True)
            assert answer.status_code < 500, path
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        shown += MARK in text
        if found := runs(text):
            wrong[path] = found
    assert wrong == {}
    assert shown > 40


def test_a_form_that_comes_back_runs_nothing(world: World, evil: dict[str, int]) -> None:
    for path, form in (
        ("/crm/accounts/new", {"name": "", "city": EVIL, "website": EVIL, "phone": EVIL}),
        (f"/crm/opportunities/{evil['deal']}", {"amount": EVIL, "account": EVIL, "version": "1"}),
        (f"/crm/opportunities/{evil['deal']}/comments", {"text": EVIL * 500}),
        ("/core/settings", {"name": EVIL, "country": EVIL}), ("/profile", {"theme": EVIL}),
        ("/crm/opportunities/bulk", {"action": EVIL, "ids": EVIL, "state": EVIL}),
        ("/crm/opportunities/conditions", {"f0": EVIL, "v0": EVIL, "do": "apply"}),
        ("/targets/split", {"total": EVIL, "measure": EVIL}), ("/login", {"email": EVIL}),
    ):  # fmt: skip
        answer = world.post(ACME, "ada", path, **form)
        assert answer.status_code < 500, path
        assert runs(answer.text) == [], path


def test_the_data_of_a_chart_does_not_leave_its_element(world: World, evil: dict[str, int]) -> None:
    page = world.client(ACME, "ada").get(
        "/analysis?measure=crm.created&by=account&period=this_year"
    )
    [spec] = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page.text, re.S)
    assert "<" not in spec
    assert MARK in json.dumps(json.loads(spec))


FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1", "＋1", "－1",
    "＠x", "'=1", "''=1", "-", "=", "\n=1",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_a_file(text: str) -> None:
    made = escape(text)
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", made)
    assert unescape(made) == text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_hold_no_formulas(world: World, form: str) -> None:
    for text in ("=HYPERLINK(1)", "@x", "+1 2", "-x", "＝1"):
        names = {"name": f"{text} of rick", "external_id": f"{text} {form}"}
        world.make(ACME, "rick", "crm.Account", **names)
    with world.client(ACME, "rick").get(f"/crm/accounts/export?format={form}") as answer:
        content = answer.get_data()
    if form == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(rows) > 5
        assert not [c for row in rows for c in row if re.match(r"[=+@＝]|-[^\d]", c)]
    else:
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets")]
            text = "".join(archive.read(n).decode() for n in sheets)
        assert "<f>" not in text and "<hyperlink" not in text


HARMFUL: dict[str, tuple[bytes, str]] = {
    "a page": (b"<html><script>1</script></html>", "x.html"),
    "a picture that is a page": (b"<html><script>1</script></html>", "x.png"),
    "a vector picture": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "x.svg"),
    "a program": (b"MZ" + b"\0" * 100, "x.pdf"),
    "a script": (b"#!/bin/sh\n", "x.txt"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_no_harmful_file_is_attached(world: World, evil: dict[str, int], name: str) -> None:
    content, called = HARMFUL[name]
    path = f"/crm/accounts/{evil['account']}/files"
    client, company = world.client(ACME, "ada"), str(world.company_id(ACME))
    answer = client.post(
        path, data={"_company": company, "file": (io.BytesIO(content), called)},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "called", ["../../../etc/passwd.txt", "..\\..\\x.txt", "/abs.txt", "a\r\nX: y.txt", "\0.txt",
               ".htaccess", "CON.txt", "x" * 5000 + ".txt", "\u202etxt.exe.txt"],
)  # fmt: skip
def test_a_files_name_is_only_a_name(world: World, evil: dict[str, int], called: str) -> None:
    """It leads to no folder and into no header; what is kept is named by its content."""
    path = f"/crm/accounts/{evil['account']}/files"
    content = b"plain " + called.encode("utf-8", "replace")[:50].replace(b"\0", b"")
    world.post(ACME, "ada", path, file=(io.BytesIO(content), called))
    folder = world.inst.instance / "files" / str(world.company_id(ACME))
    kept = [each for each in folder.rglob("*") if each.is_file()]
    assert all(re.fullmatch(r"[0-9a-f]{64}", each.name) for each in kept)
    with world.client(ACME, "ada").get(path) as answer:
        numbers = re.findall(rf'href="{path}/(\d+)"', answer.get_data(as_text=True))
    for number in numbers[:1]:
        with world.client(ACME, "ada").get(f"{path}/{number}?open=1") as answer:
            headers: Any = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["Content-Disposition"].startswith("attachment")
        assert (
            "X" not in headers
            and "/" not in headers["Content-Disposition"].split("filename")[1][:40]
        )


@pytest.mark.parametrize(
    "path", ["/assets/1/..%2fapp.js", "/assets/1/%2e%2e/app.py", "/assets/../core/app.py",
             "/assets/1/secret_key", "/static/app.js", "/instance/secret_key",
             "/%2e%2e/etc/passwd"],
)  # fmt: skip
def test_no_address_leads_to_files_of_the_server(world: World, path: str) -> None:
    assert world.client(ACME, "ada").get(path).status_code == 404
