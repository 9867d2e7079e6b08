"""What the log decides from facts given: how the tree grows, what a witness signs."""
