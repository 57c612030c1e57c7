"""The rules of contracts."""
