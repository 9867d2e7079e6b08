"""What a case's lines mean, who reads them, what is due, and what is refused. Pure."""
