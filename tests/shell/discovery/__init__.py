"""What is seen of a service, and the policy file that comes of it."""
