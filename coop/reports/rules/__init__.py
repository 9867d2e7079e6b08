"""What may be published, and what a zone is. Pure."""
