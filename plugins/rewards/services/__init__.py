"""What rewards do: numbers, rules and records, without pages."""
