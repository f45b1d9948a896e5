"""What the package is put under: hostile answers, broken files, secrets, interruptions, deaths. `python -m tests.fire`."""
