"""What is done with commitments and field notes."""
