"""Two applications on frameworks nobody here wrote, and the policies that say what those frameworks truly do."""
