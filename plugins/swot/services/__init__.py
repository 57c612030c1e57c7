"""Rules of analyses: numbers in, numbers out, and what is kept."""
