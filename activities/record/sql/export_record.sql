SELECT (SELECT origin FROM record), (SELECT coalesce(max(seq), 0) FROM log) AS size, now() AS at
