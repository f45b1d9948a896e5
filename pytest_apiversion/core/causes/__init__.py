"""Causes: the findings of a run, those of one fault as one. Pure: the same findings in any order give the same causes."""
