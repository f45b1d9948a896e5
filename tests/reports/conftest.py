"""What runs of these tests share."""

from tests.plugin.conftest import start

__all__ = ["start"]
