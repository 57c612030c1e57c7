"""``xiaoguan i18n``: texts that are yet to be translated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from core.cli import catalogues
from core.cli.output import json_option, show, this_app
from core.host import services
from plugin_api import manifest

CONTRACT = Path(manifest.__file__).parent
plugin_option = click.option("--plugin", "only", metavar="ID", help="Only this plugin, or core.")
language_option = click.option("--language", default="zh", show_default=True, metavar="CODE")


@click.group("i18n")
def i18n_group() -> None:
    """Keep the translations of plugins complete."""


@i18n_group.command("update")
@plugin_option
@language_option
@json_option
def update_command(only: str | None, language: str, as_json: bool) -> None:
    """Write new texts of the code into the catalogues, and drop those that are gone.

    What the host or another plugin says already is taken over. Then fill every empty msgstr in
    translations/CODE/LC_MESSAGES/messages.po by hand.
    """
    rows, known = [], _known(language)
    for id_, folder in _folders(only):
        done = catalogues.update(
            catalogues.path_of(folder, language), language,
            catalogues.said(sources(id_, folder)), known,
        )  # fmt: skip
        rows.append(
            {"plugin": id_, "added": done.added, "dropped": done.dropped,
             "untranslated": done.untranslated}
        )  # fmt: skip
    show(rows, as_json=as_json)


@i18n_group.command("check")
@plugin_option
@language_option
@json_option
def check_command(only: str | None, language: str, as_json: bool) -> None:
    """Say which texts are not translated; fails when there are any."""
    rows = [
        {"plugin": id_, "problem": problem}
        for id_, folder in _folders(only)
        for problem in catalogues.problems(
            catalogues.read(catalogues.path_of(folder, language), language),
            catalogues.said(sources(id_, folder)),
        )
    ]
    show(rows, as_json=as_json, empty="Every text is translated.")
    if rows:
        raise SystemExit(1)


def sources(plugin: str, folder: Path) -> tuple[Path, ...]:
    """Folders whose texts a plugin translates; the host speaks for the contract too."""
    return (folder, CONTRACT) if plugin == "core" else (folder,)


def _known(language: str) -> dict[str, str]:
    """What all plugins say, the earlier first, as pages have it."""
    found: dict[str, str] = {}
    for _id, folder in _folders(None):
        found = {**catalogues.words(catalogues.path_of(folder, language), language), **found}
    return found


def _folders(only: str | None) -> Iterator[tuple[str, Path]]:
    with this_app().app_context():
        plugins = services().registry.plugins
    if only is not None and only not in plugins:
        raise click.ClickException(f"{only}: there is no such plugin, or it cannot be loaded")
    return ((id_, p.path) for id_, p in plugins.items() if only in (None, id_))
