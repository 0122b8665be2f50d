SELECT stream FROM pg_temp.rebuilt_heads WHERE NOT compared ORDER BY stream LIMIT $1
