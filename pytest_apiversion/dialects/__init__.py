"""One file per way to say "deprecated" on the wire."""
