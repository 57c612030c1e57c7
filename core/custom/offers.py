"""Which records fields can be added to, and which a field can name."""

from __future__ import annotations

from collections.abc import Iterator

from core.host import services
from core.hosting.enabled import enabled_set
from plugin_api.context import current_company
from plugin_api.models import Choice, CompanyModel

OWN = frozenset({"core.CustomField", "core.CustomOption"})


def models() -> tuple[Choice, ...]:
    """Models with pages that people fill in, of the plugins that are on."""
    return tuple(_offered(written=True))


def targets() -> tuple[Choice, ...]:
    """Models with pages."""
    return tuple(_offered(written=False))


def _offered(*, written: bool) -> Iterator[Choice]:
    on = enabled_set(current_company())
    for key, model in services().registry.models.items():
        if (
            model.__collection__
            and issubclass(model, CompanyModel)
            and model.plugin_id() in on
            and key not in OWN
            and (not written or "update" in model.__actions__)
        ):
            yield Choice(value=key, label=model.__label_plural__)
