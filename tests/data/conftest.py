from tests.data.workshop import (
    workshop,
    workshop_instance,
    workshop_on_postgres,
    workshop_on_sqlite,
)

__all__ = ["workshop", "workshop_instance", "workshop_on_postgres", "workshop_on_sqlite"]
