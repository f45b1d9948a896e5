"""Processes that begin warm: a fork server that has imported what a run of pytest imports, and an interpreter that asks it for a fork.

To start Python and to import pytest, Hypothesis, schemathesis and the plugin takes a second of the processor, and three processes of
a run under xdist take it each. What a test holds does not depend on it, but for the tests of imports themselves; these start Python.

    `serving`     Starts the server of this process; ends it.
    `interpreter` The program that stands for Python: it passes its arguments, its environment and its open files on, and waits.
    `server`      What runs in the server.
"""
