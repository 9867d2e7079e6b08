"""What was typed about a concern, a case or a reader, as values."""
