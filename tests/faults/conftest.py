from tests.postgres import new_postgres_url, postgres_server

__all__ = ["new_postgres_url", "postgres_server"]
