"""Detecting risks by rules on the records and figures of other plugins."""
