"""Values that a comparison makes itself, and whether a schema takes them: pure, bounded, and without chance."""
