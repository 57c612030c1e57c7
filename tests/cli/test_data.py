"""Commands about persons, whole companies and the audit trail: what they say, and how they end."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from core.cli.main import main
from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from core.tenancy import appendonly
from core.tenancy.platform import platform_session
from plugin_api.models import model_of
from tests.harness import Installation, install


class Done(NamedTuple):
    """How a command ended, and what it said."""

    exit_code: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def made(tmp_path: Path) -> Installation:
    """Acme with a lead of Li Na, and a contact with an open opportunity."""
    inst = install(tmp_path / "instance")
    for slug in ("acme", "other"):
        inst.company(slug, "crm", language="en")
        inst.person(slug, "ada", "admin")
        with inst.working(slug, "ada"):
            create("crm.Lead", name="Li Na", email="li@x.example", phone="13800138000")
            account = create("crm.Account", name="Nord").id
            busy = create("crm.Contact", name="Bo Busy", email="bo@x.example", account=account).id
            create("crm.Opportunity", name="Deal", account=account, contact=busy)
    return inst


@pytest.fixture
def xiaoguan(made: Installation) -> Command:
    """The commands, one after another in this process."""

    def run(*arguments: str, typed: str = "") -> Done:
        done = CliRunner().invoke(main, arguments, obj=lambda: made.app, input=typed)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


def create(model: str, **values: Any) -> Any:
    return services().records.create(model_of(model), values)  # type: ignore[type-var]


def lead(made: Installation, slug: str = "acme") -> tuple[str | None, str | None]:
    with made.working(slug):
        model: Any = model_of("crm.Lead")
        found = db.session.scalars(sa.select(model)).one()
        return found.name, found.email


def test_a_person_is_handed_out(xiaoguan: Command, made: Installation, tmp_path: Path) -> None:
    file = tmp_path / "li.zip"
    asked = ("person", "export", "LI@x.example", "--company", "acme", "--to", str(file))
    done = xiaoguan(*asked)
    assert done.exit_code == 0 and done.stdout.startswith(f"{file}, ")
    with zipfile.ZipFile(file) as packed:
        assert b"13800138000" in b"".join(packed.read(name) for name in packed.namelist())
    with made.working("acme"):
        actions = db.session.scalars(sa.select(AuditEntry.action)).all()
        assert actions.count("hand_out") == 1
    again = xiaoguan(*asked)
    assert (again.exit_code, again.stderr) == (1, f"Error: {file} exists already\n")
    for email, slug, said in (
        ("nobody@x.example", "acme", "nobody here has the address nobody@x.example"),
        ("li@x.example", "nowhere", "There is no company nowhere."),
    ):
        done = xiaoguan("person", "export", email, "--company", slug, "--to", str(tmp_path / "n"))
        assert (done.exit_code, done.stderr) == (1, f"Error: {said}\n")
        assert not (tmp_path / "n").exists()


def test_a_person_is_erased_once_it_is_confirmed(xiaoguan: Command, made: Installation) -> None:
    asked = ("person", "erase", "li@x.example", "--company", "acme")
    looked = xiaoguan(*asked, "--dry-run", "--json")
    assert looked.exit_code == 0
    assert json.loads(looked.stdout)[0]["what"] == "Lead: Li Na"
    refused = xiaoguan(*asked, typed="n\n")
    assert refused.exit_code == 1 and "cannot be undone" in refused.stderr
    assert lead(made) == ("Li Na", "li@x.example")
    done = xiaoguan(*asked, "--yes", "--json")
    assert (done.exit_code, done.stderr) == (0, "Erased.\n")
    assert json.loads(done.stdout)[0]["what"] == "Lead: Li Na"
    assert lead(made) == ("Erased person 1", None)
    assert lead(made, "other") == ("Li Na", "li@x.example")
    assert xiaoguan(*asked, "--yes").exit_code == 1, "nobody has the address any more"


def test_who_is_needed_is_not_erased(xiaoguan: Command) -> None:
    done = xiaoguan("person", "erase", "bo@x.example", "--company", "acme", "--yes", "--json")
    assert done.exit_code == 1 and json.loads(done.stdout)
    assert done.stderr == "1 open opportunity is with this contact.\n"


def test_a_company_is_taken_out_removed_and_brought_in(
    xiaoguan: Command, made: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "acme.zip"
    assert xiaoguan("company", "export", "acme", str(file)).exit_code == 0
    assert xiaoguan("company", "export", "acme", str(file)).exit_code == 1, "it is there already"
    taken = xiaoguan("company", "import", str(file))
    assert taken.exit_code == 1 and "acme" in taken.stderr, "its name is taken"
    kept = xiaoguan("company", "purge", "acme", typed="n\n")
    assert kept.exit_code == 1 and lead(made)[0] == "Li Na"
    assert xiaoguan("company", "purge", "acme", "--yes").exit_code == 0
    listed = json.loads(xiaoguan("company", "list", "--json").stdout)
    assert [row["slug"] for row in listed] == ["other"]
    assert xiaoguan("company", "purge", "acme", "--yes").exit_code == 1
    brought = xiaoguan("company", "import", str(file))
    assert brought.exit_code == 0, brought.stderr
    assert lead(made) == ("Li Na", "li@x.example") == lead(made, "other")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(file.read_bytes()[:400])
    for path, said in ((broken, "broken.zip"), (tmp_path / "none.zip", "does not exist")):
        done = xiaoguan("company", "import", str(path))
        assert done.exit_code in (1, 2) and said in done.stderr and "Traceback" not in done.stderr


def test_a_setting_is_listed_read_and_changed(xiaoguan: Command, made: Installation) -> None:
    of = ("--company", "acme")
    xiaoguan("webhook", "add", "https://example.com/in", *of, "--as", "ada")
    listed = json.loads(xiaoguan("settings", "list", *of, "--json").stdout)
    rows = {row["key"]: row for row in listed}
    assert rows["work_days"]["value"] == [1, 2, 3, 4, 5]
    assert (rows["timezone"]["label"], rows["timezone"]["takes"]) == ("Time zone", "Europe/Berlin")
    assert rows["crm.loss_reason_required"]["value"] is False
    assert rows["core.keep_runs"]["takes"] == "1 … 3650"
    assert not any(key.startswith("sales.") for key in rows), "a plugin that is off"
    shown = xiaoguan("settings", "list", *of).stdout
    assert "\ncrm.loss_reason_required  " in shown, "not cut off, for others ask for it"
    for key, text, told in (
        ("crm.loss_reason_required", "true", "true"), ("core.keep_runs", " 60", "60"),
        ("fiscal_year_start", "4", "4"), ("work_days", "1,2,3,4,5,6", "1,2,3,4,5,6"),
        ("country", "de", "DE"),
    ):  # fmt: skip
        done = xiaoguan("settings", "set", key, text, *of)
        assert done.exit_code == 0, done.stderr
        assert xiaoguan("settings", "get", key, *of).stdout == f"{told}\n"
    theirs = xiaoguan("settings", "get", "crm.loss_reason_required", "--company", "other")
    assert theirs.stdout == "false\n"
    with made.working("acme"):
        asked = sa.select(AuditEntry).where(
            AuditEntry.model.in_(["core.SettingValue", "core.Company"])
        )
        told = [
            (entry.user_id, entry.title, entry.changes)
            for entry in db.session.scalars(asked.order_by(AuditEntry.id))
        ]
    assert told == [
        (None, "crm.loss_reason_required", {"value": [False, True]}),
        (None, "core.keep_runs", {"value": [30, 60]}),
        (None, "Acme", {"fiscal_year_start": [1, 4]}),
        (None, "Acme", {"work_days": ["12345", "123456"]}),
        (None, "Acme", {"country": ["CN", "DE"]}),
    ]


def test_a_setting_that_does_not_fit_stays(xiaoguan: Command, made: Installation) -> None:
    for key, text, said in (
        ("core.keep_runs", "0", "core.keep_runs: At least 1. It takes: 1 … 3650"),
        ("core.keep_runs", "many", "core.keep_runs: Not a whole number."),
        ("crm.loss_reason_required", "perhaps", "Expected yes or no, not “perhaps”."),
        ("timezone", "Mars", "timezone: Choose one of the values. It takes: Europe/Berlin"),
        ("fiscal_year_start", "13", "fiscal_year_start: Choose one of the values."),
        ("work_days", "", "work_days: At least one day is worked."),
        ("name", "x" * 201, "name: At most 200 characters."),
        ("currency", "EUR", "currency: The currency stays as it is: there are amounts in it"),
        ("sales.no", "1", "acme has no setting sales.no; see: xiaoguan settings list"),
    ):
        done = xiaoguan("settings", "set", key, text, "--company", "acme")
        assert (done.exit_code, said in done.stderr) == (1, True), done.stderr
    with made.working("acme"):
        changed = AuditEntry.model.in_(["core.SettingValue", "core.Company"])
        assert db.session.scalars(sa.select(AuditEntry).where(changed)).all() == []


def test_the_trail_is_sealed_anchored_and_verified(
    xiaoguan: Command, made: Installation, tmp_path: Path
) -> None:
    assert xiaoguan("audit", "seal").exit_code == 0
    anchors = tmp_path / "anchors"
    printed = xiaoguan("audit", "anchor")
    lines = [json.loads(line) for line in printed.stdout.splitlines()]
    assert printed.exit_code == 0 and [line["company"] for line in lines] == ["acme", "other"]
    anchors.write_text(printed.stdout)
    sound = xiaoguan("audit", "verify", "--anchors", str(anchors), "--json")
    rows = json.loads(sound.stdout)
    assert sound.exit_code == 0 and {row["state"] for row in rows} == {"sound"}
    assert [row["unsealed"] for row in rows] == [0, 0] and rows[0]["sealed"] > 3
    with made.app.app_context(), platform_session("erase", "acme") as session:
        entries: Any = AuditEntry.__table__
        first = session.scalar(sa.select(sa.func.min(entries.c.id)))
        connection = session.connection()
        with appendonly.released(connection):
            connection.execute(
                sa.update(entries).where(entries.c.id == first).values(title="Forged")
            )
    broken = xiaoguan("audit", "verify", "--json")
    found = {row["company"]: row for row in json.loads(broken.stdout)}
    assert broken.exit_code == 1
    assert (found["acme"]["state"], found["acme"]["entry"]) == ("broken", first)
    assert found["other"]["state"] == "sound"
    assert xiaoguan("audit", "verify", "--company", "other").exit_code == 0
    assert xiaoguan("audit", "verify", "--company", "nowhere").exit_code == 1
    (tmp_path / "bad").write_text("no anchor\n")
    bad = xiaoguan("audit", "verify", "--anchors", str(tmp_path / "bad"))
    assert bad.exit_code == 1 and "not lines of “audit anchor”" in bad.stderr
    xiaoguan("company", "purge", "other", "--yes")
    gone = xiaoguan("audit", "verify", "--anchors", str(anchors), "--json")
    told = {row["company"]: row["reason"] for row in json.loads(gone.stdout)}
    assert gone.exit_code == 1 and told["other"] == "there is an anchor, but no company"
