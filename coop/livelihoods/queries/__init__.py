"""What the livelihood pages read."""
