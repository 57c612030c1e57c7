from tests.collab.conftest import either, on_postgres, on_sqlite, world
from tests.postgres import new_postgres_url, postgres_server

__all__ = ["either", "new_postgres_url", "on_postgres", "on_sqlite", "postgres_server", "world"]
