"""Whether one schema takes every value of another: schemas as unions of pieces, and what such a proof takes back."""
