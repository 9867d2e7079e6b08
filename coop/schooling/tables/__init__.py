"""Tables of schools, registers, children and checks."""
