"""What stands recorded of community work. Every function needs the role of children's rows."""
