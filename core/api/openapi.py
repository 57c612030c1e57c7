"""What there is: the index, and the OpenAPI document that tools read."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_babel import get_locale

from core.api import wire
from core.api.collection import ROOT, collections, href
from core.api.document import document
from core.host import services
from core.hosting.enablement import enabled_set
from plugin_api.context import current_actor, current_company

openapi = Blueprint("openapi", __name__)

MOST_KEPT = 64
"""Documents kept in the process; companies with the same plugins and roles share one."""


@openapi.get("/")
def index() -> Response:
    """Who asks, and which collections there are for them."""
    company, actor = current_company(), current_actor()
    return wire.reply(
        {
            "company": {
                "slug": company.slug,
                "name": company.name,
                "currency": company.currency,
                "timezone": company.timezone,
            },
            "user": {"id": actor.user_id, "label": actor.name},
            "collections": [
                {
                    "model": collection.model.model_key(),
                    "label": str(collection.model.__label_plural__),
                    "href": href(collection.path),
                    "actions": sorted(collection.actions),
                }
                for collection in collections()
            ],
            "measures": href(f"{ROOT}/measures"),
            "reports": href(f"{ROOT}/reports"),
            "jobs": href(f"{ROOT}/jobs"),
            "openapi": href(f"{ROOT}/openapi.json"),
        }
    )


@openapi.get("/openapi.json")
def description() -> Response:
    """The document of what the company has enabled and the caller may read; nothing for who has
    it as it is."""
    kept: dict[Any, tuple[str, str]] = current_app.extensions.setdefault("xiaoguan.openapi", {})
    company = current_company()
    key = (
        enabled_set(company),
        # Fields of its own are nobody else's business.
        (company.id, company.fields_revision) if company.fields_revision else None,
        frozenset(
            (model, frozenset(rights.items())) for model, rights in current_actor().fields.items()
        ),
        frozenset(current_actor().grants.items()),
        current_actor().is_system,
        str(get_locale()),
        request.script_root,
    )
    found = kept.get(key)
    if found is None:
        made = document(collections(), services().measures.all(), request.script_root)
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        if len(kept) >= MOST_KEPT:
            kept.clear()
        digest = hashlib.sha256(text.encode()).hexdigest()[:32]
        found = kept[key] = (text, f'W/"{digest}"')
    return wire.unless_known(wire.reply_text(found[0], headers={"ETag": found[1]}))
