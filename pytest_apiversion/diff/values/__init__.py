"""What values a schema takes: values that a comparison makes itself, and how sets of them compare; pure, bounded, and without chance."""
