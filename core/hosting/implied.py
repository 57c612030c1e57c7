"""Permissions that come with collections and transitions without being declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugin_api.access import Permission
from plugin_api.context import Text, lazy_gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Base
from plugin_api.workflow import Workflow

ACTION_LABELS: Mapping[str, Text] = {
    "read": _("see"),
    "create": _("create"),
    "update": _("change"),
    "delete": _("delete"),
    "import": _("import"),
    "export": _("export"),
}


def of_collection(model: type[Base]) -> Iterator[Permission]:
    """Reading, changing and so on of a model with pages."""
    if model.__collection__:
        for action in model.__actions__:
            label = lazy_gettext(
                "%(model)s: %(action)s",
                model=model.__label_plural__ or model.__name__, action=ACTION_LABELS[action],
            )  # fmt: skip
            yield Permission(key=f"{model.model_key()}.{action}", label=label)


def of_transitions(workflow: Workflow, plugin_id: str) -> Iterator[Permission]:
    """What moves of the plugin's own models ask for."""
    for transition in workflow.transitions:
        key = transition.permission
        if key is not None and key.startswith(f"{plugin_id}."):
            yield Permission(key=key, label=transition.label)
