"""PostgreSQL without room: everybody is told, nothing is half there, and room is all it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from core.data import verifying
from core.extensions import db
from core.host import services
from core.identity.service import system_in
from plugin_api.context import current_company
from plugin_api.models import model_of
from tests.harness import Installation, install

SLUG = "acme"
NO_ROOM = "There is no room left"
FULL = """
create function no_room() returns trigger language plpgsql as $$
begin
    raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
end $$;
create trigger no_room after insert on crm_account for each row execute function no_room();
"""
"""What the server answers when a table cannot grow; rows of other tables are written before."""
ROOM = "drop trigger no_room on crm_account; drop function no_room"


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Installation:
    made = install(tmp_path_factory.mktemp("full"), database_url=new_postgres_url())
    made.company(SLUG, "crm", language="en")
    made.person(SLUG, "ada", "admin")
    return made


@contextmanager
def full(inst: Installation) -> Iterator[None]:
    """The disk of the server has no room."""
    with inst.app.app_context(), services().engine.begin() as connection:
        connection.exec_driver_sql(FULL)
    try:
        yield
    finally:
        with inst.app.app_context(), services().engine.begin() as connection:
            connection.exec_driver_sql(ROOM)


def there(inst: Installation) -> int:
    """How many accounts there are; the trail must be sound."""
    with inst.app.app_context(), system_in(SLUG):
        assert verifying.verify().is_sound
        account = model_of("crm.Account")
        counted = sa.select(sa.func.count(account.id))  # type: ignore[attr-defined]
        return db.session.scalar(counted) or 0


def test_saving_by_page_and_by_rest(inst: Installation, caplog: pytest.LogCaptureFixture) -> None:
    client, headers = inst.client(SLUG, "ada"), inst.token(SLUG, "ada")
    with inst.working(SLUG):
        company = current_company().id

    def save() -> tuple[int, str]:
        answer = client.post(
            "/crm/accounts/new", data={"name": "Typed at length", "_company": company}
        )
        return answer.status_code, answer.get_data(as_text=True)

    def rest() -> tuple[int, str]:
        rows = [{"name": f"Row {n}"} for n in range(20)]
        answer = client.post("/api/v1/crm/accounts/bulk", json={"create": rows}, headers=headers)
        return answer.status_code, answer.get_data(as_text=True)

    with full(inst):
        for ask in (save, rest):
            status, text = ask()
            assert status == 503, text
            assert NO_ROOM in text
            assert "No space left on device" not in text
        assert "Typed at length" in save()[1], "what was typed is shown again"
        assert client.get("/crm/accounts").status_code == 200
    assert "DiskFull" in caplog.text
    assert "Typed at length" not in caplog.text, "what people enter is for no log"
    assert there(inst) == 0
    assert save()[0] == 303
    assert rest()[0] in (200, 201, 207)
    assert there(inst) == 21
