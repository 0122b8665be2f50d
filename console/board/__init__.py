"""The board: one page on which an office sees how its units stand, with the definitions beside the numbers."""
