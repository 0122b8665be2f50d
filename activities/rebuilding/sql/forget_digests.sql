DELETE FROM pg_temp.rebuilt_digests WHERE stream = ANY ($1::text[])
