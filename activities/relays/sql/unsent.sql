SELECT place, target, command FROM relays WHERE sent_at IS NULL ORDER BY place LIMIT $1
