UPDATE pg_temp.rebuilt_heads SET compared = true WHERE stream = ANY ($1::text[])
