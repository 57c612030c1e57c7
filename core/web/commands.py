"""What the palette can do besides finding records: go somewhere, make something, switch.

Everything is offered as far as the person may do it, and found by what it is called in each
language of the program, Chinese by pinyin and its initials too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import url_for
from flask_babel import force_locale

from core.host import services
from core.hosting.enablement import enabled_set
from core.identity.login import Membership, companies_of
from core.search.tokens import LONGEST, Kind, Word, normal, tokens_of, words_of
from core.views.urls import collection_url
from core.web import language
from core.web.frame import menu_groups
from core.web.profile import THEMES
from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.models import CompanyModel


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A line of the palette.

    It leads to ``href``; or, with a ``name``, posts that and its ``value`` there.
    """

    label: str
    group: str
    """What kind of command it is, as a heading."""
    icon: str
    href: str
    detail: str = ""
    name: str = ""
    value: str = ""
    posts: bool = False
    dialog: str = ""
    """A dialog of the page to open instead; there is none without script."""
    also: tuple[str, ...] = ()
    """What it is called in other languages."""


def commands() -> list[Command]:
    """Everything that the person can do from here, in the reader's language."""
    login_id = current_actor().login_id
    companies = companies_of(login_id) if login_id is not None else []
    said: dict[str, list[Command]] = {}
    for code in language.LANGUAGES:
        with force_locale(code):
            said[code] = list(_commands(companies))
    here = said[next(option.value for option in language.options() if option.selected)]
    return [
        replace(command, also=tuple(dict.fromkeys(other[i].label for other in said.values())))
        for i, command in enumerate(here)
    ]


def matching(search: str, among: Iterable[Command], limit: int) -> list[Command]:
    """Commands that have all words of a search, the better ones first."""
    title, words = normal(search), words_of(search)
    if not words:
        return []
    ranked = []
    for place, command in enumerate(among):
        rank = _rank(title, tuple(words), (command.label, *command.also))
        if rank is not None:
            ranked.append((rank, place, command))
    return [command for _rank, _place, command in sorted(ranked, key=lambda r: r[:2])[:limit]]


@lru_cache(maxsize=4096)
def _tokens(label: str) -> tuple[tuple[int, str], ...]:
    return tuple(tokens_of(label, ()))


def _rank(title: str, words: tuple[Word, ...], labels: tuple[str, ...]) -> int | None:
    """The kind of the best match by which one of the labels has all words."""
    ranks = (_rank_of(title, words, label) for label in labels)
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank_of(title: str, words: tuple[Word, ...], label: str) -> int | None:
    if normal(label)[:LONGEST].startswith(title):
        return Kind.TITLE
    tokens = _tokens(label)
    found = [
        [kind for kind, token in tokens if kind in word.kinds and token.startswith(word.text)]
        for word in words
    ]
    return max(min(kinds) for kinds in found) if all(found) else None


def _commands(companies: Sequence[Membership]) -> Iterator[Command]:
    yield from _makings()
    yield from _places()
    yield from _switches(companies)


def _makings() -> Iterator[Command]:
    enabled, group = enabled_set(current_company()), gettext("Create")
    models = services().registry.models
    # As in the menu, administration comes last.
    for key, model in sorted(models.items(), key=lambda pair: pair[1].plugin_id() == "core"):
        if (
            issubclass(model, CompanyModel)
            and model.plugin_id() in enabled
            and model.__collection__
            and not model.__parent__
            and "create" in model.__actions__
            and has_permission(f"{key}.create")
        ):
            yield Command(
                label=gettext("New %(thing)s", thing=_inside_a_sentence(str(model.__label__))),
                group=group,
                icon="plus-lg",
                href=f"{collection_url(model)}/new",
            )


def _places() -> Iterator[Command]:
    group = gettext("Go to")
    yield Command(label=gettext("Home"), group=group, icon="house", href=url_for("web.home"))
    href = url_for("dashboards.first")
    yield Command(label=gettext("Dashboards"), group=group, icon="columns-gap", href=href)
    if services().measures.all():
        href = url_for("analysis.show")
        yield Command(label=gettext("Analysis"), group=group, icon="bar-chart", href=href)
    href = url_for("notifications.show")
    yield Command(label=gettext("Notifications"), group=group, icon="bell", href=href)
    for menu in menu_groups(counted=False):
        for entry in menu.entries:
            yield Command(
                label=entry.label, group=group, icon=entry.icon, href=entry.href,
                detail=menu.heading,
            )  # fmt: skip


def _switches(companies: Sequence[Membership]) -> Iterator[Command]:
    group = gettext("More")
    for known in companies:
        if known.id != current_company().id:
            yield Command(
                label=gettext("Work for %(company)s", company=known.name),
                group=group, icon="building", href=url_for("web.switch"),
                posts=True, name="company", value=str(known.id),
            )  # fmt: skip
    for code, name in language.LANGUAGES.items():
        yield Command(
            label=gettext("Language: %(name)s", name=name),
            group=group, icon="translate", href=url_for("web.language"),
            posts=True, name="language", value=code,
        )  # fmt: skip
    for value, name in THEMES.items():
        yield Command(
            label=gettext("Theme: %(name)s", name=name),
            group=group, icon="circle-half", href=url_for("search.theme"),
            posts=True, name="theme", value=value,
        )  # fmt: skip
    yield Command(
        label=gettext("Keyboard shortcuts"), group=group, icon="keyboard", href="", dialog="keys"
    )
    yield Command(
        label=gettext("My settings"), group=group, icon="sliders", href=url_for("profile.show")
    )
    yield Command(
        label=gettext("Log out"), group=group, icon="box-arrow-right",
        href=url_for("web.logout"), posts=True,
    )  # fmt: skip


def _inside_a_sentence(label: str) -> str:
    """``Account`` as it stands after "New"; abbreviations stay as they are."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
