SELECT place, target, command FROM relays WHERE sent_at IS NULL AND target <> ALL($2::text[]) ORDER BY place LIMIT $1
