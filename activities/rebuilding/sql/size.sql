SELECT coalesce(sum(version), 0) FROM streams
