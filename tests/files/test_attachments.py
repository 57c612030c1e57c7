"""Files of records: kept, found, counted, and gone when nothing needs them."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.data import settings
from core.extensions import db
from core.files import attachments, storage
from core.files.models import Attachment
from core.host import services
from plugin_api.errors import NotFound, Rejected
from tests.collab.kit import World, record
from tests.files.samples import GOOD


def put(world: World, job: int, name: str, content: bytes, who: str = "rita") -> int:
    """Attach a file and commit; its id."""
    with world.acting(who, "other" if who == "olga" else "acme"):
        return attachments.attach(record(job), name, io.BytesIO(content)).id


def kept(world: World, slug: str = "acme") -> set[str]:
    """Names of the files in a company's folder."""
    with world.made.working(slug):
        return {path.name for path in storage.folder().rglob("*") if path.is_file()}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_is_kept_under_its_digest_and_described(either: World) -> None:
    job = either.job("rita")
    put(either, job, "合同.pdf", GOOD["pdf"])
    with either.acting("rita"):
        [(row, who)] = attachments.of(type(record(job)), job)
        assert (row.name, row.kind, row.size, who) == ("合同.pdf", "pdf", len(GOOD["pdf"]), "Rita")
        assert storage.path_of(row.digest).read_bytes() == GOOD["pdf"]
        assert storage.path_of(row.digest).parent.parent == storage.folder()
    assert digest(GOOD["pdf"]) in kept(either)


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("picture.png", "pdf", "PDF document"),
        ("offer.pdf", "zip", "ZIP archive"),
        ("table.csv", "xlsx", "Excel workbook"),
        ("archive.zip", "docx", "Word document"),
        ("page.html", "txt", "Text"),
        ("drawing.svg", "txt", "Text"),
        ("run.exe", "zip", "ZIP archive"),
        ("photo.jpg.exe", "jpg", "JPEG image"),
    ],
)
def test_a_name_that_lies_is_refused(world: World, name: str, kind: str, reason: str) -> None:
    job = world.job("rita")
    before = kept(world)
    with world.acting("rita"), pytest.raises(Rejected, match=f"not what its name says.*{reason}"):
        attachments.attach(record(job), name, io.BytesIO(GOOD[kind]))
    assert kept(world) == before


def test_a_name_without_an_ending_gets_that_of_its_content(world: World) -> None:
    made = put(world, world.job("rita"), "offer", GOOD["docx"])
    with world.made.working("acme"):
        assert db.session.scalar(sa.select(Attachment.name).where(Attachment.id == made)) == (
            "offer.docx"
        )


def test_nothing_larger_than_the_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 1000)
    job, before = world.job("rita"), kept(world)
    put(world, job, "fits.txt", b"x" * 1000)
    with world.acting("rita"), pytest.raises(Rejected, match="larger than"):
        attachments.attach(record(job), "big.txt", io.BytesIO(b"x" * 1001))
    assert kept(world) - before == {digest(b"x" * 1000)}, "nothing half received is left"


def test_the_company_has_so_much_room(world: World) -> None:
    job = world.job("rita")
    with world.made.working("acme"):
        settings.store(attachments.ROOM, 0)
    try:
        with world.acting("rita"), pytest.raises(Rejected, match="no room"):
            attachments.attach(record(job), "a.txt", io.BytesIO(b"a"))
        put(world, world.job("olga", "other"), "a.txt", b"another company's", "olga")
    finally:
        with world.made.working("acme"):
            settings.store(attachments.ROOM, 10_000)


def test_equal_contents_are_kept_once_and_go_with_the_last(either: World) -> None:
    first, second = either.job("rita"), either.job("rita")
    content = b"the same in both"
    with either.acting("rita"):
        before = attachments.used()
    one, two = put(either, first, "a.txt", content), put(either, second, "b.txt", content)
    with either.acting("rita"):
        assert attachments.used() == before + len(content), "so they take the room of one"
    with either.acting("rita"):
        attachments.remove(record(first), attachments.find(record(first), one))
    assert digest(content) in kept(either)
    with either.acting("rita"):
        attachments.remove(record(second), attachments.find(record(second), two))
        assert digest(content) in kept(either), "until the transaction is committed"
    assert digest(content) not in kept(either)


def test_files_go_with_their_record_and_its_parts(either: World) -> None:
    job = either.job("rita")
    put(either, job, "job.txt", b"of the job")
    with either.made.working("acme"):
        part = services().records.create(
            services().registry.models["workshop.Part"], {"name": "Screw", "job": job}
        )
        attachments.attach(part, "part.txt", io.BytesIO(b"of its part"))
    gone = {digest(b"of the job"), digest(b"of its part")}
    assert gone <= kept(either)
    with either.made.working("acme"):
        services().records.delete(record(job))
        assert gone <= kept(either)
    assert not gone & kept(either)
    with either.made.working("acme"):
        left = sa.select(Attachment.id).where(Attachment.digest.in_(gone))
        assert db.session.scalars(left).all() == []


def test_what_was_not_committed_is_not_kept(either: World) -> None:
    job = either.job("rita")
    with pytest.raises(RuntimeError), either.acting("rita"):
        attachments.attach(record(job), "a.txt", io.BytesIO(b"never committed"))
        db.session.rollback()
        raise RuntimeError
    assert digest(b"never committed") not in kept(either)
    put(either, job, "b.txt", b"committed before")
    with pytest.raises(RuntimeError), either.acting("rita"):
        attachments.attach(record(job), "c.txt", io.BytesIO(b"committed before"))
        db.session.rollback()
        raise RuntimeError
    assert digest(b"committed before") in kept(either), "another row is about it"


def test_a_deletion_that_is_rolled_back_keeps_the_content(world: World) -> None:
    job = world.job("rita")
    put(world, job, "a.txt", b"stays after all")
    with pytest.raises(RuntimeError), world.made.working("acme"):
        services().records.delete(record(job))
        db.session.rollback()
        raise RuntimeError
    assert digest(b"stays after all") in kept(world)


def test_companies_share_nothing(world: World) -> None:
    here, there = world.job("rita"), world.job("olga", "other")
    content = b"known to both"
    ours, theirs = put(world, here, "a.txt", content), put(world, there, "a.txt", content, "olga")
    with world.acting("olga", "other"):
        with pytest.raises(NotFound):
            attachments.find(record(there), ours)
        attachments.remove(record(there), attachments.find(record(there), theirs))
    assert digest(content) in kept(world)
    assert digest(content) not in kept(world, "other")


def test_one_who_begins_to_need_a_content_never_loses_it(either: World) -> None:
    """Two threads attach and remove the same content; whoever is last has it or nobody does."""
    job, content = either.job("rita"), b"wanted and not wanted"
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(8):
                made = put(either, job, "x.txt", content)
                with either.acting("rita"):
                    found = attachments.find(record(job), made)
                    assert storage.path_of(found.digest).read_bytes() == content
                    attachments.remove(record(job), found)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert digest(content) not in kept(either)


def test_the_trail_names_the_files(world: World) -> None:
    from core.data.audit import AuditEntry

    job = world.job("rita")
    made = put(world, job, "a.txt", b"a trail")
    with world.acting("rita"):
        attachments.remove(record(job), attachments.find(record(job), made))
        asked = sa.select(AuditEntry.action, AuditEntry.changes).where(
            AuditEntry.record_id == job, AuditEntry.action.in_(("attach", "detach"))
        )
        rows = [tuple(row) for row in db.session.execute(asked.order_by(AuditEntry.id))]
    assert rows == [
        ("attach", {"file": [None, "a.txt"]}),
        ("detach", {"file": ["a.txt", None]}),
    ]


def test_the_folder_is_the_companys(world: World, tmp_path: Path) -> None:
    with world.made.working("acme"):
        ours = storage.folder()
    with world.made.working("other"):
        theirs = storage.folder()
    assert ours.parent == theirs.parent == world.made.instance / "files"
    assert ours != theirs


def test_what_was_left_by_accident_goes_after_a_day(either: World) -> None:
    job = either.job("rita")
    put(either, job, "a.txt", b"has a row")
    with either.made.working("acme"):
        lost = storage.path_of(digest(b"no row"))
        lost.parent.mkdir(parents=True, exist_ok=True)
        lost.write_bytes(b"no row")
        half = storage.folder() / ".incoming-half"
        half.write_bytes(b"x")
        storage.throw_away_old()
    assert {digest(b"no row"), half.name} <= kept(either), "it may be on its way"
    with either.made.working("acme"):
        old = time.time() - 2 * storage.KEPT
        for path in storage.folder().rglob("*"):
            os.utime(path, (old, old))
        storage.throw_away_old()
    assert not {digest(b"no row"), half.name} & kept(either)
    assert digest(b"has a row") in kept(either)
