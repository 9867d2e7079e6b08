"""What is typed of zones."""
