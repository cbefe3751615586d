"""What a member may ask for by right."""
