"""Values, and what follows from them alone. Imports no other room of the package, and touches no file, socket or clock.

Its own rooms, each of which may import those before it: `json` and `versions`; `http`; `contracts`; `policy`; `checking`; `judging`. Beside
them stand `finding` and `errors`.
"""
