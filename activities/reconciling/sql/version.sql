SELECT coalesce(max(version), 0) FROM streams WHERE stream = $1
