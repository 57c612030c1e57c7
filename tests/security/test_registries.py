"""Jobs, commands and hooks, read from their own registries: each stays inside the company it works
for, or is in a table of what knows no company. A new one that is in no table here fails.
Addresses are in ``test_routes.py``, operations of REST in ``test_rest.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from core.cli.main import main
from core.extensions import db
from core.host import services
from core.identity import service
from core.jobs import runs
from core.jobs.models import JobRun
from core.jobs.work import work_off
from core.portability.layout import places
from core.tenancy.engine import reading
from core.tenancy.platform import platform_session
from plugin_api.hookspecs import POLICIES
from tests.security.kit import ACME, OTHER, World

SECRET = "zqother"

STARTED = {
    "core.erase": "tests/privacy/test_person.py",
    "core.export": "tests/jobs/test_workers.py",
    "core.import": "tests/jobs/test_imports.py",
    "core.letter": "tests/plugins/activities/test_pages.py",
    "core.mail": "tests/identity/test_links.py",
    "core.revert_import": "tests/importing/test_reverting.py",
    "core.webhooks": "tests/rest/test_webhooks.py",
    "segments.write": "tests/plugins/segments/test_pages.py",
    "targets.close": "tests/plugins/targets/test_closing.py",
}
"""Jobs that need something to do it with, and where they are tried."""

INSTALLATION = frozenset(
    {
        "audit anchor", "company add", "company import", "company list", "db backup", "db restore",
        "db revision", "db roles", "db status", "db upgrade", "demo", "doctor", "i18n check",
        "i18n update", "init", "jobs run", "plugin check", "plugin new",
        "serve", "user address", "user recover",
    }
)  # fmt: skip
"""Commands about the installation or all of its companies, for whoever runs it."""

OF = ("--company", ACME)
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "user add": ("zoe@acme.example", *OF, "--name", "Zoe", "--role", "rep"),
    "token add": ("rick@acme.example", *OF),
    "plugin list": OF,
    "plugin disable": ("targets", *OF, "--yes"),
    "plugin purge": ("targets", *OF, "--yes"),
    "plugin enable": ("targets", *OF, "--yes"),
    "import": ("crm.accounts", "{folder}/in.csv", "--key", "external_id", *OF),
    "export": ("crm.accounts", "{folder}/out.csv", *OF),
    "search rebuild": OF,
    "settings list": OF,
    "settings get": ("name", *OF),
    "settings set": ("country", "DE", *OF),
    "jobs now": ("core.tidy_up", *OF),
    "jobs list": OF,
    "webhook add": ("https://example.com/in", *OF, "--as", "Ada"),
    "webhook list": OF,
    "webhook log": OF,
    "webhook resend": ("--failed", *OF),
    "audit seal": OF,
    "audit verify": OF,
    "person export": ("same@x.example", *OF, "--to", "{folder}/person.zip"),
    "person erase": ("same@x.example", *OF, "--yes"),
    "company export": (ACME, "{folder}/company.zip"),
    "company purge": (ACME, "--yes"),
}
"""Commands about one company, in the order in which they are tried."""

BOOT = frozenset(name for name in POLICIES if name.startswith("register_"))
"""Hooks that return what is declared: no company is there, and no SQL runs."""
GATED: Mapping[str, str] = {
    "menu_badges": "tests/web/test_gate.py",
    "form_defaults": "tests/record/test_forms.py",
    "list_panels": "tests/hosting/test_dispatch.py",
    "record_panels": "tests/record/test_page.py",
    "moved_to": "tests/plugins/duplicates/test_merging.py",
    "record_timeline": "tests/plugins/activities/test_activities.py",
    "before_create_many": "tests/data/test_series.py",
    "before_create": "tests/data/test_records.py",
    "after_create": "tests/data/test_records.py",
    "after_create_many": "tests/data/test_series.py",
    "before_update": "tests/data/test_records.py",
    "after_update": "tests/data/test_records.py",
    "before_delete": "tests/data/test_records.py",
    "before_delete_many": "tests/data/test_series.py",
    "blockers_for_erase": "tests/privacy/test_person.py",
    "after_erase": "tests/plugins/duplicates/test_merging.py",
    "before_transition": "tests/data/test_records_workflow.py",
    "after_transition": "tests/data/test_records_workflow.py",
    "on_enable": "tests/hosting/test_enablement.py",
    "blockers_for_disable": "tests/hosting/test_enablement.py",
    "load_demo": "tests/demo/test_companies.py",
}
"""Hooks that are called for a company, and where that is tried."""


def commands(of: click.Command = main, name: str = "") -> Iterator[str]:
    if not isinstance(of, click.Group):
        yield name
        return
    within = click.Context(of)
    for each in of.list_commands(within):
        command = of.get_command(within, each)
        assert command is not None
        yield from commands(command, f"{name} {each}".strip())


@contextmanager
def untouched(world: World, slug: str) -> Iterator[None]:
    """No row of a company changes inside."""
    before = rows_of(world, slug)
    yield
    assert rows_of(world, slug) == before


def rows_of(world: World, slug: str) -> dict[str, list[Any]]:
    with world.app.app_context(), platform_session("companies") as session:
        company = service.load_company(slug).id
        return {
            table.name: list(
                session.execute(
                    sa.select(table)
                    .where(table.c.company_id == company)
                    .order_by(*table.primary_key)
                )
            )
            for table in (place.table for place in places())
        }


@pytest.fixture(scope="module")
def both(world: World) -> World:
    """The same things in both, but for a word that only the other company has."""
    for slug, word in ((ACME, "zqacme"), (OTHER, SECRET)):
        account = world.make(slug, "ada", "crm.Account", name="Nord", city=word, external_id="u1")
        world.make(slug, "ada", "crm.Contact", name=f"Li {word}", email="same@x.example",
                   description=word, account=account)  # fmt: skip
        world.make(slug, "ada", "crm.Lead", name="Li", email="same@x.example", campaign=word)
        world.post(slug, "ada", f"/crm/accounts/{account}/comments", text=f"@Rick {word}")
    return world


def test_every_job_is_tried(world: World) -> None:
    """Those that are started by hand below, the others where the table says."""
    jobs = services_of(world).jobs
    assert {key for key, job in jobs.items() if not job.by_hand} == STARTED.keys()
    assert [path for path in STARTED.values() if not Path(path).is_file()] == []


def test_a_job_changes_nothing_of_another_company(both: World) -> None:
    by_hand = [key for key, job in services_of(both).jobs.items() if job.by_hand]
    with untouched(both, OTHER):
        for key in by_hand:
            with both.inst.working(ACME, "ada"):
                run_id = runs.start(key)
            work_off(both.app)
            with both.inst.working(ACME), reading():
                run = db.session.scalars(sa.select(JobRun).where(JobRun.id == run_id)).one()
                assert run.state == "done", (key, run.error)
                assert SECRET not in f"{run.result}{run.progress_text}{run.payload}"


def test_a_run_that_is_sent_for_the_wrong_company_is_not_done(both: World) -> None:
    """The queue carries two numbers: a run is looked for inside the company it is sent for."""
    from core.jobs.work import look_at

    with both.inst.working(ACME, "ada"):
        run_id = runs.start("core.rebuild_search", about="wrong")
    with untouched(both, OTHER), untouched(both, ACME):
        look_at(both.app, both.company_id(OTHER), run_id)
    work_off(both.app)


def test_every_hook_is_in_a_table() -> None:
    assert set(POLICIES) == BOOT | GATED.keys()
    assert [path for path in GATED.values() if not Path(path).is_file()] == []


def test_a_hook_of_a_plugin_that_is_off_is_not_called(world: World) -> None:
    with world.app.app_context():
        dispatcher = services().dispatcher
        some = frozenset({"core", "catalog"})
        for hook in GATED:
            chosen = {each.plugin for each in dispatcher._choose(hook, some, None)}
            assert chosen <= some, hook


def test_every_command_is_in_a_table() -> None:
    assert set(commands()) == INSTALLATION | COMMANDS.keys()


def test_a_command_about_a_company_neither_shows_nor_changes_another(
    both: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIAOGUAN_PASSWORD", "a long enough password")
    (tmp_path / "in.csv").write_text("external_id,name\nu1,Changed\nu2,New\n")
    before = rows_of(both, OTHER)
    for command, arguments in COMMANDS.items():
        given = [each.format(folder=tmp_path) for each in arguments]
        done = CliRunner().invoke(main, [*command.split(), *given], obj=lambda: both.app)
        assert done.exit_code == 0, (command, done.output)
        assert SECRET not in done.output, command
    assert rows_of(both, OTHER) == before
    for file in tmp_path.iterdir():
        assert SECRET.encode() not in unpacked(file), file


def unpacked(file: Path) -> bytes:
    import zipfile

    if file.suffix != ".zip":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def services_of(world: World) -> Any:
    with world.app.app_context():
        return services().registry
