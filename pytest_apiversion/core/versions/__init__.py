"""Version identifiers and lives: schemes, how versions are written, which texts are none, dates and stages. Imports no other room."""
