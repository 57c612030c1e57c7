from tests.collab.conftest import on_sqlite, world

__all__ = ["on_sqlite", "world"]
