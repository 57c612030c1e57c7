"""The first wall: a session that knows one company and cannot see beyond it.

Every statement is narrowed to the current company where it is written (see
:mod:`core.tenancy.statements`); new rows are stamped with it; what no condition can reach
(text, the raw connection, bulk operations by key) is refused. There is no option to switch
it off: see :mod:`core.tenancy.platform` for work that crosses companies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy.session import Session
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, SessionTransaction, UOWTransaction
from sqlalchemy.orm import Session as PlainSession
from sqlalchemy.orm.attributes import get_history, instance_state
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from core.tenancy.asking import Asking, answered, question_of
from core.tenancy.beginning import begin_with, only_reads
from core.tenancy.engine import for_companies, is_reading
from core.tenancy.errors import WallError
from core.tenancy.models import Company
from core.tenancy.policies import SET_COMPANY
from core.tenancy.waiting import forget, person, watch
from plugin_api.context import current_company, now
from plugin_api.models import CompanyModel

_COMPANY = "xiaoguan.company"
_REVISED = "xiaoguan.revised"
FIELDS, WEBHOOKS = "fields", "webhooks"
"""In ``__raises_revision__`` of a model: it says what fields the company has, or which programs
are told of its changes."""


class CompanySession(Asking, Session):
    """Sees and writes the rows of the current company only. Raises NoCompany without one."""

    updates = 0
    """Statements so far that change or delete: what objects hold may be changed by one without
    their being marked."""

    @property
    def company_id(self) -> int:
        """The company of the transaction; it cannot change in the middle of one."""
        current = current_company().id
        held = self.info.get(_COMPANY)
        if held == current:
            return current
        if held is not None:
            raise WallError("the company was switched in the middle of a transaction")
        for row in list(self.identity_map.values()):
            # Its key, for reading an attribute may run a statement.
            key = sa.inspect(row).identity or (None,)
            if not isinstance(row, CompanyModel) or key[0] != current:
                self.expunge(row)
        self.info[_COMPANY] = current
        return current

    @property
    def is_revised(self) -> bool:
        """Whether the transaction has changed what raises the company's revision."""
        return bool(self.info.get(_REVISED))

    def get(self, entity: Any, ident: Any, **kw: Any) -> Any:
        """A row of the current company by its id, or by the pair of company and id."""
        model = sa.inspect(entity).class_
        if issubclass(model, CompanyModel):
            key = _key(ident)
            if "company_id" not in key:
                key["company_id"] = self.company_id
            if key["company_id"] != self.company_id:
                return None
            return super().get(entity, key, **kw)
        return super().get(entity, ident, **kw)

    def get_bind(self, *args: Any, bind: Any = None, **kw: Any) -> Any:
        """The database, with a wall around it. Raises WallError for one that is brought along."""
        if bind is not None:
            raise WallError("a company's session chooses its database itself")
        engine: Any = super().get_bind(*args, **kw)
        return for_companies(engine)

    def connection(self, *args: Any, **kw: Any) -> Any:
        """Refused: a raw connection sees every company."""
        raise WallError("the connection of a company's session is not handed out")

    def bulk_save_objects(self, *args: Any, **kw: Any) -> None:
        """Refused: it writes past the checks of a flush."""
        raise WallError("bulk operations by key are not walled; add objects instead")

    def bulk_insert_mappings(self, *args: Any, **kw: Any) -> None:
        """Refused: it writes past the checks of a flush."""
        raise WallError("bulk operations by key are not walled; add objects instead")

    def bulk_update_mappings(self, *args: Any, **kw: Any) -> None:
        """Refused: it writes past the checks of a flush."""
        raise WallError("bulk operations by key are not walled; change objects instead")


def _key(ident: Any) -> dict[str, Any]:
    if isinstance(ident, dict):
        return dict(ident)
    if isinstance(ident, tuple | list):
        names = ("company_id", "id") if len(ident) == 2 else ("id",)
        return dict(zip(names, ident, strict=True))
    return {"id": ident}


@event.listens_for(CompanySession, "after_begin")
def _begun(
    session: CompanySession, transaction: SessionTransaction, connection: sa.Connection
) -> None:
    """Name the company to PostgreSQL, whose policies show its rows only (the third wall)."""
    watch(session, connection)
    if connection.dialect.name == "postgresql" and not transaction.nested:
        setting = SET_COMPANY.format(int(session.company_id))
        if is_reading():
            only_reads(connection)
        answered(session, begin_with(connection, setting, ask=question_of(session)))


@event.listens_for(CompanySession, "do_orm_execute")
def _enter(state: ORMExecuteState) -> None:
    """Hold the company; take the kinds of statement that have a wall."""
    session = state.session
    assert isinstance(session, CompanySession)
    company_id = session.company_id
    if state.is_from_statement and state.statement.is_dml:
        raise WallError("a change is no source of entities; say what it returns")
    if state.is_select or state.is_from_statement:
        return
    if state.is_insert:
        _stamp_rows(state, company_id)
    elif not (state.is_update or state.is_delete):
        raise WallError("a company's session runs selects, inserts, updates and deletes")
    elif isinstance(state.parameters, list):
        raise WallError("updates by key are not walled; change objects instead")
    else:
        session.updates += 1


def _stamp_rows(state: ORMExecuteState, company_id: int) -> None:
    statement: Any = state.statement
    rows: Any = state.parameters
    if isinstance(rows, Mapping):
        rows = [rows]
    if not rows or statement._values or statement._multi_values:
        raise WallError("insert rows as parameters, so that each can be stamped")
    state.parameters = stamped = [
        {**row, "company_id": row.get("company_id", company_id)} for row in rows
    ]
    if any(row["company_id"] != company_id for row in stamped):
        raise WallError("a row of another company was to be inserted")


@event.listens_for(CompanySession, "before_flush")
def _stamp(session: CompanySession, context: UOWTransaction, instances: Any) -> None:
    """Stamp what is new with company and person; refuse what is of another company."""
    company_id = session.company_id
    who = person()
    revised: set[str] = set()
    for row in session.new:
        if isinstance(row, CompanyModel):
            row.company_id = row.company_id or company_id
            row.created_by = row.updated_by = who
            _mine(row, company_id)
        else:
            raise WallError(f"{type(row).__name__} is written by the platform only")
        revised |= _raised_by(row)
    for row in session.dirty:
        if not session.is_modified(row, include_collections=False):
            continue
        if isinstance(row, CompanyModel):
            _mine(row, company_id)
            row.updated_by, row.updated_at = who, now()
        elif not isinstance(row, Company) or row.id != company_id:
            raise WallError(f"{type(row).__name__} is written by the platform only")
        revised |= _raised_by(row)
    for row in session.deleted:
        if not isinstance(row, CompanyModel):
            raise WallError(f"{type(row).__name__} is written by the platform only")
        _mine(row, company_id)
        revised |= _raised_by(row)
    if revised - session.info.get(_REVISED, frozenset()):
        session.info[_REVISED] = revised | session.info.get(_REVISED, frozenset())
        raise_revision(session, *({FIELDS, WEBHOOKS} & revised))


def _mine(row: CompanyModel, company_id: int) -> None:
    moved = get_history(row, "company_id", PASSIVE_NO_INITIALIZE)
    if row.company_id != company_id or any(old != company_id for old in moved.deleted or ()):
        raise WallError(f"a row of {row.model_key()} of another company was to be written")


def _raised_by(row: Any) -> frozenset[str]:
    """What a change of the row raises: the company's revision, that of its fields as well."""
    raises = getattr(type(row), "__raises_revision__", False)
    if raises in (FIELDS, WEBHOOKS):
        return frozenset({"company", str(raises)})
    return frozenset({"company"} if raises else ())


def raise_revision(session: PlainSession, *kinds: str) -> None:
    """Have every process read the company anew with its next request; :data:`FIELDS` and
    :data:`WEBHOOKS` what it remembers of these, too."""
    more = {f"{kind}_revision": Company.revision + 1 for kind in kinds}
    session.execute(
        sa.update(Company)
        .where(Company.id == current_company().id)
        .values(revision=Company.revision + 1, **more),
        execution_options={"synchronize_session": False, "autoflush": False},
    )


@event.listens_for(CompanySession, "before_commit")
def _committing(session: CompanySession) -> None:
    # A flush may put more.
    session.flush()
    session.settle()


@event.listens_for(CompanySession, "after_transaction_end")
def _ended(session: PlainSession, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_COMPANY, None)
        forget(session)


@event.listens_for(CompanySession, "after_commit")
def _committed(session: PlainSession) -> None:
    session.info.pop(_REVISED, None)


@event.listens_for(CompanySession, "after_soft_rollback")
def _rolled_back(session: PlainSession, previous: object) -> None:
    session.info.pop(_REVISED, None)
    forget(session)


@event.listens_for(CompanyModel, "load", propagate=True)
def _loaded(row: CompanyModel, context: Any) -> None:
    """The last look: nothing of another company leaves the session, however it was loaded."""
    state = instance_state(row)
    session = state.session if context is None else context.session
    if not isinstance(session, CompanySession) or state.key is None:
        return
    if state.key[1][0] != session.company_id:
        raise WallError(f"a row of {row.model_key()} of another company was loaded")


@event.listens_for(CompanyModel, "refresh", propagate=True)
def _refreshed(row: CompanyModel, context: Any, attributes: object) -> None:
    _loaded(row, context)
