"""The rules by which accounts are told apart."""
