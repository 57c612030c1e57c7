"""The rules of service."""
