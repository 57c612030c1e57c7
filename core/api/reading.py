"""Records as the query builder finds them, on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from werkzeug.datastructures import MultiDict

from core.api import wire
from core.api.packing import packer
from core.api.values import shower
from core.data import query
from plugin_api.context import gettext
from plugin_api.errors import Invalid, NotFound
from plugin_api.models import CompanyModel

Arguments = MultiDict[str, str]


def page_of(model: type[CompanyModel], arguments: Arguments) -> str:
    """A page of a list as JSON: one statement, and a second one when ``count=true`` asks for the
    total.

    Raises Invalid naming the arguments at fault, Forbidden without the read permission.
    """
    refuse_twice(arguments)
    asked = dict(arguments.items())
    question = query.parse_query(model, asked)
    items, after = query.write(question, packer(model, names_in(asked.get("fields"))))
    total = f',"total":{query.count(question)}' if question.count else ""
    follows = "null" if after is None else f'"{after}"'
    return f'{{"items":{items},"next":{follows}{total}}}'


def shown(
    model: type[CompanyModel], record_id: int, arguments: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One record in one statement; ``fields`` may narrow it.

    Raises NotFound, Forbidden, Invalid.
    """
    given = arguments or {}
    if unknown := [name for name in given if name != "fields"]:
        refuse(unknown, gettext("There is no such parameter."))
    fields = given.get("fields", "")
    asked = {"id": str(wire.storable(record_id)), "fields": fields}
    items, _after = query.read(query.parse_query(model, asked), shower(model, names_in(fields)))
    if not items:
        raise NotFound(gettext("There is no such record."))
    return items[0]


def refuse_twice(arguments: Arguments) -> None:
    """Raise Invalid for arguments that stand more than once."""
    if twice := [name for name, values in arguments.lists() if len(values) > 1]:
        refuse(twice, gettext("The parameter stands twice."))


def names_in(text: str | None) -> list[str] | None:
    """The names of ``fields=a,b``; None for the usual ones."""
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    return names or None


def refuse(names: list[str], message: str) -> NoReturn:
    """Raise Invalid with the same message for each of some arguments."""
    raise Invalid(gettext("Bad parameter."), errors={name: [message] for name in names})
