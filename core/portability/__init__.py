"""One company alone: out of an installation, into another, or gone."""
