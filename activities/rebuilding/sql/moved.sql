-- What was written to since it was rebuilt, or has not been rebuilt yet.
SELECT s.stream, s.version
FROM streams AS s
LEFT JOIN pg_temp.rebuilt_heads AS h USING (stream)
WHERE h.version IS DISTINCT FROM s.version
ORDER BY s.stream
