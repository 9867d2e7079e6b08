"""What stands in a case and who may read it; every function needs safeguarding's own connection."""
