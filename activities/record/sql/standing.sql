-- How far the record goes, and how many batches wait.
SELECT tree.size, (SELECT count(*) FROM unsequenced) AS waiting FROM tree
