"""A company is taken out, brought in elsewhere, and removed: all of it, and nothing else."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.collab import comments
from core.data import audit, sealing, verifying
from core.extensions import db
from core.files import attachments, storage
from core.host import services
from core.identity import service
from core.identity.models import Login, User
from core.portability import purging, taking
from core.portability.inside import own_references, shifter
from core.portability.layout import LEFT, PortabilityError, places
from core.tenancy.platform import platform_session
from core.views.models import SavedView
from plugin_api.models import CompanyModel, model_of
from tests.harness import Installation
from tests.portability.kit import Make, brought, fill, make

__all__ = ["make"]


def contents(made: Installation, slug: str, file: Path) -> dict[str, list[Any]]:
    """Table → rows, as the company is taken out."""
    with made.app.app_context():
        taking.take(slug, file, made.instance)
    with zipfile.ZipFile(file) as source:
        return {
            name.split("/")[1].removesuffix(".jsonl"): [
                json.loads(line) for line in source.read(name).splitlines()
            ]
            for name in source.namelist()
            if name.startswith("tables/")
        }


@contextmanager
def rows_of_others(made: Installation, slug: str) -> Iterator[None]:
    """Nothing but one company changes inside."""
    before = _everything(made, slug)
    yield
    assert _everything(made, slug) == before


def _everything(made: Installation, but: str) -> dict[str, Any]:
    with made.app.app_context():
        companies = {c.slug: c.id for c in service.all_companies()}
        others = [id_ for slug, id_ in companies.items() if slug != but]
        tables: list[Any] = [place.table for place in places()]
        with platform_session("companies") as session:
            return {
                table.name: session.execute(
                    sa.select(table)
                    .where(table.c.company_id.in_(others))
                    .order_by(*table.primary_key.columns)
                ).all()
                for table in tables
            }


def plain(rows: dict[str, list[Any]], offset: int) -> dict[str, list[Any]]:
    """The rows as they were numbered before; without what is not brought."""
    made = {}
    with_ids = {place.table.name: place for place in places()}
    for name, found in rows.items():
        place = with_ids[name]
        shift = shifter(place.table, place.ids, -offset, own_references(rows["core_custom_field"]))
        made[name] = [{k: v for k, v in shift(row).items() if k != "login_id"} for row in found]
    return made


@pytest.mark.parametrize(
    ("source", "target"),
    [("sqlite", "postgres"), ("postgres", "sqlite"), ("sqlite", "sqlite")],
)
def test_it_is_the_same_elsewhere(make: Make, tmp_path: Path, source: str, target: str) -> None:
    here, there = make(source), make(target)
    fill(here, "acme")
    fill(there, "other")
    file = tmp_path / "acme.zip"
    before = contents(here, "acme", file)
    with rows_of_others(there, "acme"):
        brought(there, file)
    after = contents(there, "acme", tmp_path / "again.zip")
    assert set(before) == {
        m.__tablename__ for m in _models(here) if m not in LEFT
    }  # fmt: skip
    users = [min(row["id"] for row in rows["core_user"]) for rows in (before, after)]
    offset = users[1] - users[0]
    assert (offset == 0) == (target == "postgres")
    with there.app.app_context():
        expected, found = plain(before, 0), plain(after, offset)
    sealed = (expected.pop("core_audit_seal"), found.pop("core_audit_seal"))
    if target == "postgres":
        assert sealed[0] == sealed[1]
    assert len(sealed[0]) == len(sealed[1]) > 5
    assert found == expected
    with there.working("acme"):
        outcome = verifying.verify()
        assert (outcome.is_sound, outcome.unsealed) == (True, 0)
        deal: Any = db.session.scalars(sa.select(model_of("crm.Opportunity"))).one()
        assert (deal.amount, deal.owner.name, deal.owner.team.manager.name) == (
            200_00, "Rita", "Rita",
        )  # fmt: skip
        assert deal.account.parent.name == "Group"
        assert deal.contact.custom == {"x_group": deal.account.parent_id}
        file_of = attachments.of(type(deal), deal.id)[0][0]
        assert storage.path_of(file_of.digest).read_text() == "the plan of acme"
        created = audit.entries_of(type(deal), deal.id)[-1]
        assert created.changes["owner"][1].label == "Rita"
        view = db.session.scalars(sa.select(SavedView)).one()
        assert view.query.startswith(f"owner={deal.owner_id}&")
        said = comments.find(deal, db.session.scalars(sa.select(model_of("core.Comment"))).one().id)
        assert said.mentions == [{"id": deal.owner_id, "name": "Rita"}]
        assert db.session.scalars(sa.select(User.login_id)).all() == [None, None]
        # What is made from now on gets numbers of its own.
        services().records.create(model_of("crm.Account"), {"name": "New"})


def _models(made: Installation) -> list[Any]:
    with made.app.app_context():
        models = services().registry.models.values()
        return [model for model in models if issubclass(model, CompanyModel)]


def test_logins_are_not_taken_over(make: Make, tmp_path: Path) -> None:
    here = make("sqlite")
    fill(here, "acme")
    file = tmp_path / "acme.zip"
    contents(here, "acme", file)
    text = "".join(
        zipfile.ZipFile(file).read(name).decode() for name in _names(file) if "tables" in name
    )
    assert "argon2" not in text
    brought(here, file, "twin")
    assert here.client("acme", "ada").get("/core/users").status_code == 200
    with here.app.app_context(), platform_session("companies") as session:
        asked = sa.select(User.company_id).join(Login, Login.id == User.login_id)
        assert len(set(session.scalars(asked))) == 1


def _names(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as source:
        return source.namelist()


def test_what_does_not_fit_is_refused_and_leaves_nothing(make: Make, tmp_path: Path) -> None:
    here, there = make("sqlite"), make("sqlite")
    fill(here, "acme")
    file = tmp_path / "acme.zip"
    contents(here, "acme", file)
    with pytest.raises(PortabilityError, match="there is a company acme already"):
        brought(here, file)
    with pytest.raises(PortabilityError, match="exists already"):
        contents(here, "acme", file)
    for change, said in (
        ({"format": 9}, "the file has the format 9"),
        ({"plugins": {"ghost": {"version": "1", "tables": "0001"}}}, "the plugin ghost 1 is not"),
        ({"plugins": {"crm": {"version": "9", "tables": "0099"}}}, "at 0001 here and at 0099"),
        ({"tables": {"ghost_thing": {"rows": 1, "least": 1}}}, "no tables here for"),
        ({"tables": {"core_api_token": {"rows": 1, "least": 1}}}, "here for: core_api_token"),
    ):
        broken = tmp_path / "broken.zip"
        altered(file, broken, change)
        with rows_of_others(there, ""), pytest.raises(PortabilityError, match=said):
            brought(there, broken)
    broken = tmp_path / "broken.zip"
    altered(file, broken, {}, ("tables/core_user.jsonl", b"{}\n"))
    with pytest.raises(PortabilityError, match=r"core_user\.jsonl is damaged"):
        brought(there, broken)
    broken.write_bytes(file.read_bytes()[:-2000])
    with pytest.raises(PortabilityError, match="damaged"):
        brought(there, broken)
    with there.app.app_context():
        assert service.all_companies() == []
    assert not (there.instance / "files").exists() or not any((there.instance / "files").iterdir())


def altered(
    file: Path, to: Path, change: dict[str, Any], instead: tuple[str, bytes] = ("", b"")
) -> None:
    """The file with another manifest, whose sum is right, or with another member, whose is not."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as made:
        manifest = json.dumps(json.loads(source.read(taking.MANIFEST)) | change)
        sums = json.loads(source.read(taking.SUMS))
        sums[taking.MANIFEST] = hashlib.sha256(manifest.encode()).hexdigest()
        for name in source.namelist():
            content = instead[1] if name == instead[0] else source.read(name)
            content = {taking.MANIFEST: manifest, taking.SUMS: json.dumps(sums)}.get(name, content)
            made.writestr(name, content)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_purged_company_is_gone_and_nothing_else(make: Make, kind: str) -> None:
    made = make(kind)
    for slug in ("acme", "other"):
        fill(made, slug)
    with made.working("acme"):
        sealing.seal()
        folder = storage.folder()
    made.client("acme", "ada").get("/")
    with made.app.app_context():
        number = service.load_company("acme").id
        with pytest.raises(PortabilityError, match="no company ghost"):
            purging.purge("ghost", made.instance)
    assert folder.is_dir()
    with rows_of_others(made, "acme"), made.app.app_context():
        gone = purging.purge("acme", made.instance)
        assert gone["crm_opportunity"] == 1
        assert gone["core_login"] == 2
    assert not folder.exists()
    with made.app.app_context(), platform_session("companies") as session:
        tables: list[Any] = [model.__table__ for model in services().registry.models.values()]
        for table in tables:
            if "company_id" in table.c:
                asked = sa.select(sa.func.count()).where(table.c.company_id == number)
                assert session.scalar(asked) == 0, table.name
        assert [c.slug for c in service.all_companies()] == ["other"]
    assert made.client("other", "ada").get("/core/users").status_code == 200
    with made.working("other"):
        sealing.seal()
        assert verifying.verify().is_sound
        assert storage.folder().is_dir()
