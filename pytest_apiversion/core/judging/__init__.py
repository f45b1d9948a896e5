"""What the judges of several checks share: the reading of an answer, and what was promised of it. May import every room before it."""
