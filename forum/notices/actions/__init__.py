"""What changes for a member alone: what they have seen, what they follow, what they are told."""
