"""Targets: policies with their contracts."""
