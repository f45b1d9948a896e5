"""What a run costs, and where: `python -m benchmarks`."""
