"""Which records are about a person: those of models with personal fields, found by e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from core.data.audit import title_of
from core.data.fields import TEXTUAL, FieldMeta, every_field
from core.host import services
from core.hosting import derive
from core.hosting.behind import is_current
from plugin_api.context import gettext, now
from plugin_api.models import CompanyModel

PERMISSION = "core.privacy"
HOLD = "core.personal_hold"
SHORTEST = 5
"""Characters of a text that is looked for elsewhere; a shorter one would be found everywhere."""
SHORTEST_NAME = 2
"""The same of a name in characters that each stand for a word."""


def personal(model: type[CompanyModel]) -> Mapping[str, FieldMeta]:
    """The personal fields of a model, by view name, whatever the actor may see of them."""
    said = derive.fields_of(model)
    return {
        name: meta
        for name, meta in every_field(model).items()
        if name in said and said[name].personal
    }


def is_person(model: Any) -> bool:
    """Whether records of a model are about a person."""
    return issubclass(model, CompanyModel) and bool(personal(model))


def called(email: str) -> list[CompanyModel]:
    """Records about the person of an e-mail address, of every plugin, switched on or not."""
    found: list[CompanyModel] = []
    for key, model in services().registry.models.items():
        if not is_person(model) or not is_current(key.partition(".")[0]):
            continue
        some: Any = model
        columns = [getattr(some, m.attribute) for m in personal(some).values() if m.kind == "email"]
        if columns:
            same = sa.or_(*(sa.func.lower(each) == email.strip().lower() for each in columns))
            found += services().session.scalars(sa.select(some).where(same).order_by(some.id)).all()
    return found


def same_person(record: CompanyModel) -> list[CompanyModel]:
    """The record, and the others about the person of its e-mail address."""
    people = {(record.model_key(), record.id): record}
    for meta in personal(type(record)).values():
        email = getattr(record, meta.attribute)
        if meta.kind == "email" and email:
            people |= {(each.model_key(), each.id): each for each in called(email)}
    return list(people.values())


def label_of(record: CompanyModel) -> str:
    """Kind and name of a record, for people."""
    return f"{type(record).__label__}: {title_of(record)}"


def needles(people: Iterable[CompanyModel]) -> list[str]:
    """Texts by which the people are recognised in what is not a record: longest first."""
    found = {text for record in people for text in _texts(record)}
    return sorted(found, key=lambda text: (-len(text), text))


def _texts(record: CompanyModel) -> Iterator[str]:
    model = type(record)
    for name, meta in personal(model).items():
        value = getattr(record, meta.attribute)
        is_name = name in (model.__title__, "name")
        if not isinstance(value, str) or not (is_name or meta.kind in ("email", "phone")):
            continue
        # A name of two Chinese characters says as much as one of five letters.
        least = SHORTEST if value.isascii() else SHORTEST_NAME
        if len(value.strip()) >= least:
            yield value.strip()


def held(record: CompanyModel) -> list[str]:
    """Why the company keeps a record about a person for now."""
    days = int(services().setting(HOLD) or 0)
    if days and record.updated_at > now() - timedelta(days=days):
        text = gettext("%(name)s was changed in the last %(days)s days, which the company keeps.",
                       name=title_of(record), days=days)  # fmt: skip
        return [str(text)]
    return []


def pseudonym(record: CompanyModel) -> str:
    """What a record is called once it is not known any more whom it is about."""
    return str(gettext("Erased person %(number)s", number=record.id))


def blanked(record: CompanyModel) -> dict[str, Any]:
    """What the personal attributes of a record hold afterwards."""
    made: dict[str, Any] = {}
    for name, meta in personal(type(record)).items():
        if name == type(record).__title__ or meta.required:
            fits = meta.kind in TEXTUAL and meta.kind != "email"
            made[meta.attribute] = pseudonym(record) if fits else f"erased-{record.id}@invalid"
        else:
            made[meta.attribute] = None
    return made


def replaced(value: Any, texts: Sequence[str], by: str) -> Any:
    """The same structure in which each of the texts is replaced."""
    if isinstance(value, str):
        for text in texts:
            value = value.replace(text, by)
        return value
    if isinstance(value, list):
        return [replaced(each, texts, by) for each in value]
    if isinstance(value, dict):
        return {key: replaced(each, texts, by) for key, each in value.items()}
    return value
