"""Which pages the host has."""

from __future__ import annotations

from flask import Flask

from core.web import (
    access,
    analysis,
    audit,
    comments,
    condition,
    files,
    following,
    health,
    home,
    importing,
    invitations,
    jobs,
    links,
    lists,
    matrix,
    metrics,
    moves,
    notifications,
    pages,
    people,
    permissions,
    plugins,
    privacy,
    profile,
    proof,
    records,
    role_fields,
    search,
    security,
    settings,
    teams,
)


def install(app: Flask) -> None:
    """Mount them; fixed addresses win over those made of a plugin and a collection."""
    for module in (
        analysis,
        audit,
        condition,
        health,
        home,
        invitations,
        jobs,
        links,
        matrix,
        metrics,
        notifications,
        pages,
        people,
        permissions,
        plugins,
        privacy,
        profile,
        proof,
        role_fields,
        search,
        security,
        settings,
        teams,
        importing,
        lists,
        records,
        moves,
        comments,
        files,
        following,
        access,
    ):
        app.register_blueprint(module.bp)
