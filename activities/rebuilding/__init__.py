"""The read models made again from the record, beside those that stand, and put in their place."""
