DELETE FROM pg_temp.rebuilt_{table} WHERE stream = ANY ($1::text[])
