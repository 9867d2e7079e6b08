"""Who somebody is, whether two rows are one person, and what an admission asks. Pure."""
