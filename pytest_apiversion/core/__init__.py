"""Values and the types of the seams; imports nothing of the other rooms."""
