SELECT read_at, person, command FROM reads WHERE stream = $1 ORDER BY place
