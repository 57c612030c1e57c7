from tests.collab.conftest import either, on_postgres, on_sqlite, world

__all__ = ["either", "on_postgres", "on_sqlite", "world"]
