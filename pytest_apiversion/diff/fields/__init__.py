"""Parameters and headers: what both documents say of them, and the comparison of the two."""
