"""Pools of drawn values, and cases assembled from them: each distinct schema is drawn once, however many operations have it."""
