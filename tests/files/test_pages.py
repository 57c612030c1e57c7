"""Files over HTTP: sent, fetched, refused, and never anybody else's."""

from __future__ import annotations

import io
from typing import Any

import pytest

from core.files import attachments
from tests.collab.kit import World, model
from tests.files.samples import GOOD

SCRIPT = {"HX-Request": "true"}


def send(
    world: World, job: int, *files: tuple[str, bytes], who: str = "rita", slug: str = "acme",
    headers: dict[str, str] | None = None,
) -> Any:  # fmt: skip
    data = {
        "_company": world.company_id(slug),
        "file": [(io.BytesIO(content), name) for name, content in files],
    }
    return world.client(who, slug).post(f"/workshop/jobs/{job}/files", data=data, headers=headers)


def fetch(world: World, path: str, who: str = "rita", slug: str = "acme") -> Any:
    """An answer that has been read to its end."""
    answer = world.client(who, slug).get(path)
    _content = answer.data
    answer.close()
    return answer


def numbers(world: World, job: int) -> list[int]:
    with world.made.working("acme"):
        return [row.id for row, _who in attachments.of(model("Job"), job)]


def test_sent_and_fetched(world: World) -> None:
    job = world.job("rita")
    assert send(world, job, ("合同.pdf", GOOD["pdf"])).status_code == 303
    [number] = numbers(world, job)
    page = world.client("rita").get(f"/workshop/jobs/{job}").text
    assert "合同.pdf" in page and "PDF document" in page
    answer = fetch(world, f"/workshop/jobs/{job}/files/{number}")
    assert answer.data == GOOD["pdf"]
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E5%90%88%E5%90%8C.pdf" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].endswith("sandbox")
    assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("kind", GOOD)
def test_only_images_and_pdf_are_ever_shown_in_the_browser(world: World, kind: str) -> None:
    job = world.job("rita")
    send(world, job, (f"file.{kind}", GOOD[kind]))
    [number] = numbers(world, job)
    answer = fetch(world, f"/workshop/jobs/{job}/files/{number}?open=1")
    shown = answer.headers["Content-Disposition"].startswith("inline")
    assert shown == (kind in ("pdf", "png", "jpg", "gif", "webp"))
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.txt",
        "..\\..\\boot.txt",
        'quote"; filename="evil.txt',
        "<script>alert(1)</script>.txt",
        "photo\u202etxt.exe.txt",
        "名字 with 😀 and ' and ; and %00.txt",
        "x" * 300 + ".txt",
        "." * 50 + "txt",
    ],
)
def test_hostile_names_do_no_harm(world: World, name: str) -> None:
    job = world.job("rita")
    answer = send(world, job, (name, b"plain"))
    assert answer.status_code == 303
    [number] = numbers(world, job)
    page = world.client("rita").get(f"/workshop/jobs/{job}").text
    assert "<script>alert" not in page and "\u202e" not in page
    answer = fetch(world, f"/workshop/jobs/{job}/files/{number}")
    assert answer.data == b"plain"
    assert "X-Injected" not in answer.headers
    disposition = answer.headers["Content-Disposition"]
    assert "\n" not in disposition and "/" not in disposition.replace("%2F", "/x")
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("page.html", b"<script>alert(1)</script>", "not what its name says"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "not what its name says"),
        ("run.exe", b"MZ\x90\0", "a program"),
        ("picture.png", b"MZ\x90\0", "a program"),
        ("invoice.pdf", GOOD["zip"], "ZIP archive"),
        ("empty.txt", b"", "empty"),
        ("table.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office format"),
    ],
)
def test_hostile_contents_are_refused_with_the_reason(
    world: World, name: str, content: bytes, reason: str
) -> None:
    job = world.job("rita")
    answer = send(world, job, (name, content), headers=SCRIPT)
    assert answer.status_code == 422
    assert "data-error" in answer.text and reason in answer.text
    assert numbers(world, job) == []
    client = world.client("rita")
    data = {"_company": world.company_id(), "file": (io.BytesIO(content), name)}
    page = client.post(f"/workshop/jobs/{job}/files", data=data, follow_redirects=True)
    assert reason in page.text, "without script, at the top of the page"


def test_good_ones_are_kept_beside_bad_ones(world: World) -> None:
    job = world.job("rita")
    files = (("a.pdf", GOOD["pdf"]), ("b.png", GOOD["zip"]), ("c.txt", b"text"))
    send(world, job, *files)
    assert len(numbers(world, job)) == 2


def test_a_body_that_is_too_large_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    job = world.job("rita")
    monkeypatch.setitem(world.made.app.config, "MAX_CONTENT_LENGTH", 2000)
    answer = send(world, job, ("big.txt", b"x" * 5000))
    assert answer.status_code == 413 and "larger than the server takes" in answer.text
    monkeypatch.undo()
    monkeypatch.setattr(attachments, "LARGEST", 2000)
    answer = send(world, job, ("big.txt", b"x" * 5000), headers=SCRIPT)
    assert answer.status_code == 422 and "larger than" in answer.text


def test_a_file_is_fetched_through_its_own_record_only(world: World) -> None:
    mine, other, hidden = world.job("rita"), world.job("rita"), world.job("ravi")
    theirs = world.job("olga", "other")
    send(world, mine, ("a.txt", b"mine"))
    [number] = numbers(world, mine)
    rita = world.client("rita")
    assert fetch(world, f"/workshop/jobs/{mine}/files/{number}").status_code == 200
    assert rita.get(f"/workshop/jobs/{other}/files/{number}").status_code == 404
    assert rita.get(f"/workshop/jobs/{hidden}/files/{number}").status_code == 404
    assert rita.get(f"/workshop/clients/{mine}/files/{number}").status_code == 404
    assert world.client("ravi").get(f"/workshop/jobs/{mine}/files/{number}").status_code == 404
    olga = world.client("olga", "other")
    for job in (mine, theirs):
        assert olga.get(f"/workshop/jobs/{job}/files/{number}").status_code == 404
    assert (
        world.made.app.test_client().get(f"/workshop/jobs/{mine}/files/{number}").status_code == 302
    )
    huge = "9" * 30
    assert rita.get(f"/workshop/jobs/{mine}/files/{huge}").status_code == 404


def test_who_only_sees_the_record_fetches_but_neither_sends_nor_deletes(world: World) -> None:
    job = world.job("rita")
    send(world, job, ("a.txt", b"mine"))
    [number] = numbers(world, job)
    assert fetch(world, f"/workshop/jobs/{job}/files/{number}", "ann").status_code == 200
    assert send(world, job, ("b.txt", b"x"), who="ann").status_code == 403
    assert world.post("ann", f"/workshop/jobs/{job}/files/{number}/delete").status_code == 403
    assert numbers(world, job) == [number]
    assert world.post("max", f"/workshop/jobs/{job}/files/{number}/delete").status_code == 303
    assert numbers(world, job) == []


def test_a_file_whose_content_is_lost_says_so(world: World) -> None:
    from core.files import storage

    job = world.job("rita")
    send(world, job, ("a.txt", b"to be lost"))
    [number] = numbers(world, job)
    with world.made.working("acme"):
        for path in storage.folder().rglob("*"):
            if path.is_file() and path.read_bytes() == b"to be lost":
                path.unlink()
    assert fetch(world, f"/workshop/jobs/{job}/files/{number}").status_code == 404


def test_a_plugin_that_is_off_gives_no_files(world: World) -> None:
    from core.extensions import db
    from core.hosting import enablement

    job = world.job("rita")
    send(world, job, ("a.txt", b"x"))
    [number] = numbers(world, job)
    with world.made.working("acme"):
        enablement.disable("workshop")
        db.session.commit()
    try:
        assert fetch(world, f"/workshop/jobs/{job}/files/{number}", "ada").status_code == 404
        assert world.client("ada").get(f"/workshop/jobs/{job}/timeline").status_code == 404
    finally:
        with world.made.working("acme"):
            enablement.enable("workshop")
            db.session.commit()


def test_what_a_device_sends_again_is_kept_once(world: World) -> None:
    """A queue does not know whether an answer was lost: it names each file, and asks again."""
    job = world.job("rita")
    again, name = {**SCRIPT, "X-Queue": "1"}, "k3x-1-image.csv"
    for headers in (again, again, SCRIPT):
        assert send(world, job, (name, b"a,b\n1,2\n"), headers=headers).status_code == 200
    assert len(numbers(world, job)) == 2
