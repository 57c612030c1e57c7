from tests.data.workshop import (
    workshop,
    workshop_instance,
    workshop_on_postgres,
    workshop_on_sqlite,
)
from tests.postgres import new_postgres_url, postgres_server

__all__ = [
    "new_postgres_url",
    "postgres_server",
    "workshop",
    "workshop_instance",
    "workshop_on_postgres",
    "workshop_on_sqlite",
]
