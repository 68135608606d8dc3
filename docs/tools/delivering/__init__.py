"""The papers of a delivery: what was checked, what was found, and whether it may go out."""
