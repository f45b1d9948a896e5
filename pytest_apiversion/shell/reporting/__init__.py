"""What is told of a run: the page, findings as text, JSON, verdicts; and what may be shown (no secret).

May import: catalogue, generation, transport, execution.
"""
