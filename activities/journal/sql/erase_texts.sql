DELETE FROM texts WHERE stream = $1 AND id = ANY ($2::uuid[])
