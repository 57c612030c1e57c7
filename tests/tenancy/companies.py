"""Two companies that hold the same kinds of rows, and models made to be climbed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, query_expression, relationship

from core.config import Config
from core.extensions import db
from core.hosting.altering import create_tables
from core.identity.models import Company, Login, Team, User
from core.tenancy import policies
from core.tenancy.engine import as_owner, prepare
from core.tenancy.platform import platform_session
from plugin_api.context import SYSTEM, acting_as
from plugin_api.context import Company as CompanyValue
from plugin_api.models import Base, CompanyModel, SharedModel, reference, text
from tests.harness import shared_cache

users: Any = User.__table__
teams: Any = Team.__table__


class Country(SharedModel):
    """What every company may read and none may write."""

    __tablename__ = "probe_country"
    code: Mapped[str] = sa.orm.mapped_column(sa.String(2), primary_key=True)


class Note(CompanyModel):
    """Mapped in ways that reach for other tables."""

    __tablename__ = "probe_note"
    name: Mapped[str] = text("Name", unique=True)
    kind: Mapped[str] = text("Kind", default="note")
    team_id: Mapped[int | None] = reference("core.Team", "Team")
    users_counted = column_property(sa.select(sa.func.count(users.c.id)).scalar_subquery())
    owned_by: Mapped[int] = sa.orm.synonym("company_id")
    given: Mapped[str | None] = query_expression()
    people: Mapped[list[User]] = relationship(
        User,
        primaryjoin=lambda: sa.orm.foreign(User.team_id) == Note.team_id,
        order_by=lambda: (
            sa.select(teams.c.name).where(teams.c.id == User.team_id).scalar_subquery()
        ),
        viewonly=True,
        uselist=True,
    )

    either: Mapped[list[User]] = relationship(
        User,
        primaryjoin=lambda: sa.or_(
            sa.orm.foreign(User.team_id) == Note.team_id, sa.orm.foreign(User.name) != Note.name
        ),
        viewonly=True,
        uselist=True,
    )
    marked: Mapped[list[Team]] = relationship(
        Team,
        secondary=lambda: users,
        primaryjoin=lambda: sa.or_(sa.orm.foreign(users.c.team_id) == Note.team_id, users.c.id > 0),
        secondaryjoin=lambda: sa.or_(Team.id == sa.orm.foreign(users.c.team_id), Team.id > 0),
        viewonly=True,
    )

    @hybrid_property
    def longest(self) -> Any:
        return None

    @longest.inplace.expression
    @classmethod
    def _longest(cls) -> Any:
        return sa.select(sa.func.max(users.c.name)).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Two:
    """An application with both companies. ``mine`` acts, ``theirs`` must stay unseen."""

    app: Flask
    mine: CompanyValue
    theirs: CompanyValue
    ids: dict[tuple[str, str], int]
    """(company, table) → the id of a row."""

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Work as the first; nothing of it is kept."""
        with self.app.app_context(), acting_as(self.mine, SYSTEM):
            yield
            db.session.rollback()

    def all_rows(self, model: Any) -> list[tuple[int, str]]:
        """(company, name) of every row, as the platform sees them."""
        with self.app.app_context(), platform_session("companies") as session:
            rows = session.execute(sa.select(model.company_id, model.name))
            return sorted((row[0], row[1]) for row in rows)


def make_two(
    instance: Path, url: str = "", owner_url: str = "", slugs: Sequence[str] = ("mine", "theirs")
) -> Two:
    """An application with tables of the host and of the models above, and the companies."""
    config = Config(
        cache=shared_cache(), instance=instance, database_url=url, owner_database_url=owner_url
    )
    app = Flask("walls", instance_path=str(config.instance))
    app.config.from_mapping(config.flask())
    app.extensions["xiaoguan.config"] = config
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        metadata = Base.metadata.tables
        tables = [metadata[n] for n in metadata if n.startswith(("core_", "probe_"))]
        with as_owner().begin() as connection:
            create_tables(connection, tables)
            policies.apply(connection)
        companies, ids = {}, {}
        for slug in slugs:
            companies[slug] = _company(slug)
            with acting_as(companies[slug], SYSTEM):
                for name, row in _fill(slug).items():
                    ids[slug, name] = row.id
                db.session.commit()
        db.session.remove()
    return Two(app, companies[slugs[0]], companies[slugs[-1]], ids)


def slipped_in(two: Two, model: Any) -> Any:
    """A row of the other company, brought along from the platform."""
    with platform_session("companies") as session:
        row = session.scalars(sa.select(model).where(model.company_id == two.theirs.id)).first()
        session.expunge(row)
    return row


def _company(slug: str) -> CompanyValue:
    with platform_session("create company") as session:
        company = Company(
            slug=slug, name=slug, currency="CNY", timezone="UTC", language="en", country="CN"
        )
        session.add(company)
        session.add(Login(email=f"{slug}@example.com", password_hash=""))
        session.add(Country(code=slug[:2]))
        session.flush()
        return company.value()


def _fill(slug: str) -> dict[str, Any]:
    team = Team(name=f"team of {slug}")
    db.session.add(team)
    db.session.flush()
    people = [User(name=f"{n} of {slug}", team_id=team.id) for n in "xy"]
    note = Note(name=f"note of {slug}", team_id=team.id)
    db.session.add_all([*people, note])
    db.session.flush()
    return {"team": team, "user": people[0], "note": note}
