"""An installation with a company, and two plugins of which one needs the other."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.hosting.folders import write_plugin

DEPOT_MODELS = """
    from sqlalchemy.orm import Mapped
    from plugin_api.models import CompanyModel, text

    class Shelf(CompanyModel):
        __tablename__ = "depot_shelf"
        __collection__ = "shelves"
        __label__ = "Shelf"
        __label_plural__ = "Shelves"
        name: Mapped[str] = text("Name", unique=True)
"""
DEPOT_HOOKS = """
    from plugin_api import for_models, hookimpl, host
    from plugin_api.access import RoleGrants
    from plugin_api.menus import MenuItem
    from . import models

    @hookimpl
    def register_models():
        return [models.Shelf]

    @hookimpl
    def register_menus():
        return [MenuItem(id="shelves", label="Shelves", model="depot.Shelf")]

    @hookimpl
    def register_roles():
        return [RoleGrants(role="rep", grants={"depot.Shelf.*": "company"})]

    @hookimpl
    def on_enable(company):
        if not host().session.query(models.Shelf).count():
            host().records.create(models.Shelf, {"name": "First of " + company.slug})

    @hookimpl
    @for_models("depot.Shelf")
    def before_create(model, record):
        if record.name == "boom":
            raise ZeroDivisionError("what somebody typed")
        record.name = record.name + "!"
"""
PARCELS_MODELS = """
    from sqlalchemy.orm import Mapped
    from plugin_api.models import CompanyModel, reference, text

    class Parcel(CompanyModel):
        __tablename__ = "parcels_parcel"
        __collection__ = "parcels"
        __label__ = "Parcel"
        __label_plural__ = "Parcels"
        name: Mapped[str] = text("Name")
        shelf_id: Mapped[int] = reference("depot.Shelf", "Shelf")
"""
PARCELS_HOOKS = """
    from plugin_api import for_models, hookimpl, host
    from . import models

    @hookimpl
    def register_models():
        return [models.Parcel]

    @hookimpl
    @for_models("depot.Shelf")
    def before_create(model, record):
        host().session.query(models.Parcel.id).first()

    @hookimpl
    def blockers_for_disable(company):
        busy = host().session.query(models.Parcel).filter_by(name="urgent").count()
        return ["An urgent parcel is on its way."] if busy else []
"""


def write_plugins(instance: Path) -> None:
    """``depot``, and ``parcels`` that needs it.

    A process loads a package from one place only, so every installation links to that place.
    """
    (instance / "plugins").mkdir(parents=True, exist_ok=True)
    for folder in _written().iterdir():
        (instance / "plugins" / folder.name).symlink_to(folder)


@cache
def _written() -> Path:
    root = Path(tempfile.mkdtemp(prefix="plugins-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    write_plugin(root, "depot", {"models.py": DEPOT_MODELS, "hooks.py": DEPOT_HOOKS})
    write_plugin(
        root, "parcels", {"models.py": PARCELS_MODELS, "hooks.py": PARCELS_HOOKS},
        depends=("depot",),
    )  # fmt: skip
    return root
