"""What becomes of what was flagged."""
