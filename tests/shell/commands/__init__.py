"""The sub-commands, where they need more than `tests/test_cli.py`."""
