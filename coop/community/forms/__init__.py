"""What is typed on the pages of community work, as values."""
