"""Rules of contests and votes as plain functions: numbers in, numbers out."""
