"""Sound to text to events."""
