"""The command line: what a clerk, a unit and an operator type. One file a command, or a family of commands."""
