"""One file per check; each exports a value named `CHECK`."""
