"""What values a schema takes: values that a comparison makes itself, and proofs about all of them; pure, bounded, and without chance."""
