-- The notices that pass on words.
SELECT id, kind, unit, about, assignments FROM notices WHERE stream = $1 AND detail IS NOT NULL
