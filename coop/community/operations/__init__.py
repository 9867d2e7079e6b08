"""Acts of community work. Every one needs the role of children's rows."""
