-- The record's name and its tree.
SELECT record.origin, tree.size, tree.peaks FROM record, tree
