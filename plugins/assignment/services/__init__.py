"""The rules of giving out."""
