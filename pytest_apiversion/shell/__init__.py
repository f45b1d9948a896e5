"""Everything that touches the world: files, sockets, clocks, pytest, schemathesis."""

POLICY_FILE = "apiversion.toml"
"""The policy file where none is named. It stands here because all who need it import this already, and some may import nothing else."""

BASELINE_FILE = "apiversion.baseline.toml"
"""The file of known findings where none is named."""
