"""Version identifiers and their lives: schemes, spellings, texts that are no version, dates and stages. Imports no other room."""
