"""The declarative bases. See ``docs/walls.md`` for what they promise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from weakref import WeakValueDictionary

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, foreign, mapped_column, relationship, remote

from plugin_api.access import ACTIONS
from plugin_api.context import Actor, Text, now
from plugin_api.models.fields import FieldInfo
from plugin_api.models.types import JSON, RowId, UTCDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


TITLE_KEY = "title_key"
TITLE_LENGTH = 200
_TITLES = frozenset({"text", "email", "phone", "url"})


class Base(DeclarativeBase):
    """Every mapped class of the host and of the plugins shares this metadata."""

    metadata = sa.MetaData(naming_convention=NAMING)

    __collection__: ClassVar[str] = ""
    """Name in URLs and imports, plural: ``opportunities``. Empty: no pages, no REST."""
    __label__: ClassVar[Text] = ""
    __label_plural__: ClassVar[Text] = ""
    __title__: ClassVar[str] = "name"
    """The field that names a record to people; no reference."""
    __find_by__: ClassVar[tuple[str, ...]] = ("name",)
    """Fields that an import or a filter may find a record by, tried in this order."""
    __search__: ClassVar[tuple[str, ...]] = ("name",)
    """Text fields that the search box of a list looks into."""
    __matched__: ClassVar[tuple[str, ...]] = ()
    """Text fields that tell whether two records are about the same. Those of a model that names
    some are compared by the company's rules, and may be merged."""
    __owner__: ClassVar[str | None] = None
    """The reference to ``core.User`` that record rules go by; None: rules see the company."""
    __parent__: ClassVar[str | None] = None
    """In place of an owner, the reference to the record that this one is a part of: whoever may
    see that one may see this one, whoever may update it may create, change and delete this one."""
    __actions__: ClassVar[tuple[str, ...]] = ACTIONS
    """What a permission allows; less for what code alone writes: ``("read", "export")``."""
    __aside__: ClassVar[tuple[str, bool] | None] = None
    """The yes/no field, and its value in records that are put aside: ``("archived", True)``.
    Lists, boards and pickers leave them out until they are asked for."""
    __shared_by__: ClassVar[str | None] = None
    """Model key of parts of this model whose owners may see the whole, whoever owns it."""

    __about__: ClassVar[tuple[str, str] | None] = None
    """The columns that name a record of any model, by its key and its number: what is said of a
    record that is merged into another is said of that one then."""

    __raises_revision__: ClassVar[bool | str] = False
    """Whether a change of a record raises the company's revision, so that every process reads anew
    what it remembers: for few records that rarely change and that others are often checked by."""

    __append_only__: ClassVar[bool] = False
    """Whether rows are only added: the database itself refuses to change or delete one."""

    __personal__: ClassVar[bool] = False
    """Whether records stay with their owner: neither shared nor reached by a deputy."""

    @classmethod
    def stays(cls) -> sa.ColumnElement[bool]:
        """Which rows stay with the record that they name when that is merged into another: what
        was issued in its name, and what is only added to."""
        return sa.true() if cls.__append_only__ else sa.false()

    @classmethod
    def reached_besides(cls, permission: str, actor: Actor) -> Sequence[sa.Select[Any]]:
        """Ids of records that a permission which the actor holds reaches besides those of its
        scope: selects of the id alone. Asked where the scope is narrower than the company."""
        return ()

    @classmethod
    def plugin_id(cls) -> str:
        """The owning plugin: the table's prefix."""
        return str(cls.__tablename__).split("_", 1)[0]

    @classmethod
    def model_key(cls) -> str:
        """``<plugin>.<ClassName>``, the name of the model in the contract."""
        return f"{cls.plugin_id()}.{cls.__name__}"


def table_of(model_key: str) -> str:
    """Table name of a model key: ``crm.StageChange`` is ``crm_stage_change``."""
    plugin, _, name = model_key.partition(".")
    return f"{plugin}_{re.sub(r'(?<!^)(?=[A-Z])', '_', name).lower()}"


_found: WeakValueDictionary[str, type[Base]] = WeakValueDictionary()


def model_of(model_key: str) -> type[Base]:
    """The mapped class of a model key. Raises LookupError when it is not loaded."""
    found = _found.get(model_key)
    if found is None:
        for mapper in Base.registry.mappers:
            _found[mapper.class_.model_key()] = mapper.class_
        found = _found.get(model_key)
    if found is None:
        raise LookupError(f"no model {model_key}")
    return found


class SharedModel(Base):
    """Reference data that every company reads and only the platform writes."""

    __abstract__ = True


class CompanyModel(Base):
    """A row that belongs to one company.

    Adds ``company_id, id, version, created_at, created_by, updated_at, updated_by, custom``, and
    ``title_key`` where the title is a text: what the host sorts by in its place. References,
    unique constraints and indexes all lead with ``company_id``, so the database itself refuses
    a reference to another company.
    """

    __abstract__ = True

    company_id: Mapped[int] = mapped_column(
        sa.ForeignKey("core_company.id"), primary_key=True, autoincrement=False, sort_order=-10
    )
    id: Mapped[int] = mapped_column(RowId(), primary_key=True, autoincrement=True, sort_order=-9)
    version: Mapped[int] = mapped_column(sa.Integer(), sort_order=90)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now, sort_order=91)
    created_by: Mapped[int | None] = mapped_column(sa.BigInteger(), sort_order=92)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=now, sort_order=93)
    updated_by: Mapped[int | None] = mapped_column(sa.BigInteger(), sort_order=94)
    custom: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, sort_order=95)

    @sa.orm.declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}

    def __init_subclass__(cls, **kw: Any) -> None:
        for name, value in list(vars(cls).items()):
            info = _field_info(value)
            if info is not None and info.kind == "reference":
                _add_relationship(cls, name, info)
            if name == cls.__title__ and info is not None and info.kind in _TITLES:
                # Sorted byte by byte on both databases, whatever language a server speaks.
                plain = sa.String(TITLE_LENGTH, collation="C")
                type_ = sa.String(TITLE_LENGTH).with_variant(plain, "postgresql")
                setattr(
                    cls, TITLE_KEY, mapped_column(type_, default="", nullable=False, sort_order=96)
                )
        super().__init_subclass__(**kw)

    @classmethod
    def __table_cls__(cls, name: str, metadata: sa.MetaData, *args: Any, **kw: Any) -> sa.Table:
        columns = [arg for arg in args if isinstance(arg, sa.Column)]
        return sa.Table(name, metadata, *args, *_company_constraints(columns), **kw)


def _field_info(value: Any) -> FieldInfo | None:
    column = getattr(value, "column", None)
    return column.info.get("field") if isinstance(column, sa.Column) else None


def _company_constraints(columns: list[sa.Column[Any]]) -> list[Any]:
    made: list[Any] = [
        # Said, because unsaid the numbered column would come first.
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.ForeignKeyConstraint(
            ["company_id", "created_by"], ["core_user.company_id", "core_user.id"], use_alter=False
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "updated_by"], ["core_user.company_id", "core_user.id"]
        ),
    ]
    for column in columns:
        info: FieldInfo | None = column.info.get("field")
        if info is None:
            continue
        if info.target is not None:
            table = table_of(info.target)
            made.append(
                sa.ForeignKeyConstraint(
                    ["company_id", column.name],
                    [f"{table}.company_id", f"{table}.id"],
                    ondelete="CASCADE" if info.on_delete == "cascade" else None,
                )
            )
        if info.unique:
            made.append(sa.UniqueConstraint("company_id", column.name))
        elif info.indexed:
            made.append(sa.Index(None, "company_id", column.name))
    if any(column.name == TITLE_KEY for column in columns):
        made.append(sa.Index(None, "company_id", TITLE_KEY))
    return made


def _add_relationship(cls: type[CompanyModel], column_name: str, info: FieldInfo) -> None:
    """Give ``account_id`` its ``account``.

    Only the id is marked foreign: company_id takes part in the join but is never written
    from the other side, so several references of one row do not fight over it.
    """
    if not column_name.endswith("_id"):
        raise TypeError(f"{cls.__name__}.{column_name}: a reference is named <name>_id")
    target = info.target or ""

    def other_class() -> type[Base]:
        try:
            return model_of(target)
        except LookupError as error:
            raise LookupError(f"{cls.__name__}.{column_name} refers to it: {error}") from None

    def join() -> Any:
        other: Any = other_class()
        here: Any = cls
        return sa.and_(
            remote(other.company_id) == here.company_id,
            remote(other.id) == foreign(getattr(here, column_name)),
        )

    name = column_name.removesuffix("_id")
    if name not in vars(cls):
        setattr(cls, name, relationship(other_class, primaryjoin=join))
