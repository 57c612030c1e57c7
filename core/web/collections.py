"""Lists and boards of every model, what the picker proposes, and work on many rows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from core.data import query
from core.host import services
from core.views import aside, boards, calendars, charts, lists, pictures, saved
from core.views.declared import list_of
from core.views.page import Option
from core.views.tabs import href_of
from core.views.urls import Arguments, canonical, collection_url, state_url, with_query
from plugin_api.context import gettext
from plugin_api.errors import NotFound
from plugin_api.models import CompanyModel
from plugin_api.pages import is_scripted, require

bp = Blueprint("collections", __name__)

PROPOSALS = 12


def model_at(plugin: str, collection: str) -> type[CompanyModel]:
    """The model behind an address. Raises NotFound; the gate has checked the plugin."""
    model = services().registry.collection(plugin, collection)
    if model is None or not issubclass(model, CompanyModel):
        raise NotFound("")
    return model


@bp.get("/<plugin>/<collection>")
def show(plugin: str, collection: str) -> str | Response:
    """The list; with ``view=`` the board, the calendar, the chart or the pivot."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    arguments = canonical(request.args)
    if arguments != request.args:
        return redirect(with_query(request.path, arguments.items(multi=True)))
    if not arguments.keys() - {"view"}:
        habit = saved.habit_of(model)
        first = habit.view(str(habit.first))
        if first is not None:
            return redirect(href_of(request.path, first))
    arguments = aside.begun(model, arguments)
    if arguments.get("view") == "kanban":
        return render_template("views/kanban.html", page=boards.board_page(model, arguments))
    if arguments.get("view") == "calendar":
        return render_template(
            "views/calendar.html", page=calendars.calendar_page(model, arguments)
        )
    if arguments.get("view") in pictures.VIEWS:
        return render_template("views/picture.html", page=charts.picture_page(model, arguments))
    return render_template("views/list.html", page=lists.list_page(model, arguments))


@bp.get("/<plugin>/<collection>/lane")
def lane(plugin: str, collection: str) -> str | Response:
    """The next cards of a board's column; without script the list of all of them."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    arguments = canonical(request.args)
    value, after = arguments.pop("lane", ""), arguments.pop("after", "")
    cards, more_href, field = boards.more_cards(model, arguments, value, after)
    if not is_scripted():
        gone = dict.fromkeys(("view", "parent", "fold"))
        return redirect(state_url(collection_url(model), arguments, **gone | {field: value}))
    return render_template(
        "views/cards.html", cards=cards, more_href=more_href, left=0,
        may_move=boards.may_move(model),
    )  # fmt: skip


@bp.get("/<plugin>/<collection>/totals")
def sums(plugin: str, collection: str) -> str | Response:
    """The sums of a long list, which its page does not wait for."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    arguments = canonical(request.args)
    if not is_scripted():
        return redirect(state_url(collection_url(model), arguments, totals="all"))
    return render_template("views/sums.html", sums=lists.sums(model, arguments))


@bp.get("/<plugin>/<collection>/lookup")
def lookup(plugin: str, collection: str) -> str:
    """Records that the picker proposes for what was typed so far."""
    model = model_at(plugin, collection)
    require(f"{model.model_key()}.read")
    asked = aside.unless_asked(model, Arguments({k: v for k, v in request.args.items() if v}))
    order = list_of(model).order
    if model.__title__ in query.sortable(model):
        order = model.__title__
    rows = query.run(lists.ask(model, asked, order, PROPOSALS, model.__title__)).rows
    options = [Option(value=str(row["id"]), label=str(query.title_of(model, row))) for row in rows]
    return render_template("views/options.html", options=options, list_id=f"{collection}-option")


def confirm_delete(
    model: type[CompanyModel], chosen: list[Any], action_href: str, back_href: str
) -> str:
    """Ask once more, naming what would be gone."""
    title = str(model.__label_plural__ if len(chosen) > 1 else model.__label__)
    host = services()
    carried = [("action", "delete"), *(("ids", str(record.id)) for record in chosen)]
    if len(chosen) == 1:
        carried.append(("version", str(chosen[0].version)))
    return render_template(
        "views/confirm.html",
        question=gettext("Delete %(count)s × %(things)s?", count=len(chosen), things=title),
        names=[str(host.title_of(model.model_key(), record.id)) for record in chosen[:20]],
        more=max(0, len(chosen) - 20),
        warning=gettext("They are deleted for good. What points to them may stand against it."),
        action_href=action_href,
        back_href=back_href,
        carried=carried,
        button=gettext("Delete"),
        tone="danger",
        list_title=str(model.__label_plural__),
        list_href=collection_url(model),
    )
