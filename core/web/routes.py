"""Which pages the host has."""

from __future__ import annotations

from flask import Flask

from core.web import (
    analysis,
    lists,
    health,
    home,
    importing,
    pages,
    people,
    permissions,
    plugins,
    records,
    search,
    settings,
)


def install(app: Flask) -> None:
    """Mount them; fixed addresses win over those made of a plugin and a collection."""
    for module in (
        analysis,
        health,
        home,
        pages,
        people,
        permissions,
        plugins,
        search,
        settings,
        importing,
        lists,
        records,
    ):
        app.register_blueprint(module.bp)
