"""One file for each command or family of alike ones. ``COMMANDS`` in each: name as typed -> function."""
