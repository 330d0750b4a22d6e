"""What the coach knows and says: data files, their types and their checks."""
