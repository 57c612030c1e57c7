"""Rules as plain functions: values in, values out."""
