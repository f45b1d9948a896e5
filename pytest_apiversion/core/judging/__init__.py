"""What judges share: what an answer is, and whether it is what was promised. Imports every other room."""
