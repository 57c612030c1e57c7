"""The rules of the pools."""
