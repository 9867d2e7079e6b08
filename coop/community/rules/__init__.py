"""Rules of community work: reach and coverage, committees, signs, estimates."""
