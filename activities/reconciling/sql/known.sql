SELECT command_id FROM commands WHERE stream = $1 AND command_id = ANY ($2::text[])
