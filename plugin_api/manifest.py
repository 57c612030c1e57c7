"""What a plugin says of itself before any of its code is imported."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugin_api.context import Text

_ID = re.compile(r"[a-z][a-z0-9]{1,30}")
_VERSION = re.compile(r"\d+\.\d+\.\d+([-+.][0-9A-Za-z.-]+)?")
_RANGE = re.compile(r">=(\d+),<(\d+)")


class ManifestError(ValueError):
    """A manifest that cannot be used; the message says which field and why."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Pure data, read by file path: ``manifest = Manifest(...)`` in ``manifest.py``.

    The id is also the prefix of the plugin's tables, URLs, permissions and measures.
    """

    id: str
    name: Text
    version: str
    summary: Text
    api: str = ">=1,<2"
    """Range of API_VERSION that the plugin was written for."""
    depends: tuple[str, ...] = ()
    """Plugins without which this one does nothing; enabled with it."""
    soft_depends: tuple[str, ...] = ()
    """Plugins that this one uses when they are there; loaded before it."""
    category: Text = ""
    icon: str = "puzzle"
    """Name of a Bootstrap icon."""
    default_enabled: bool = False
    """Whether a new company starts with it."""

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not _ID.fullmatch(self.id):
            raise ManifestError(
                f"id {self.id!r}: 2 to 31 lower-case letters and digits, a letter first"
            )
        if not _VERSION.fullmatch(self.version):
            raise ManifestError(f"version {self.version!r}: expected MAJOR.MINOR.PATCH")
        if not _RANGE.fullmatch(self.api):
            raise ManifestError(f"api {self.api!r}: expected a range such as '>=1,<2'")
        for field_name in ("depends", "soft_depends"):
            value = getattr(self, field_name)
            if not isinstance(value, tuple) or not all(isinstance(v, str) for v in value):
                raise ManifestError(f"{field_name} {value!r}: expected a tuple of plugin ids")
        if self.id in self.depends + self.soft_depends:
            raise ManifestError(f"depends: {self.id} names itself")

    def accepts_api(self, version: int) -> bool:
        """Whether the host's API version lies in the plugin's range."""
        found = _RANGE.fullmatch(self.api)
        return found is not None and int(found[1]) <= version < int(found[2])
