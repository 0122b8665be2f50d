-- The digest of a table is SHA-256 over its directives' ids and digests, in the order of the ids.
SELECT coalesce(sum(rows), 0)::bigint AS rows,
       encode(sha256(coalesce(string_agg(convert_to(stream, 'UTF8') || standing, '' ORDER BY stream COLLATE "C"), '')),
              'hex') AS standing,
       encode(sha256(coalesce(string_agg(convert_to(stream, 'UTF8') || rebuilt, '' ORDER BY stream COLLATE "C"), '')),
              'hex') AS rebuilt,
       count(*) FILTER (WHERE standing IS DISTINCT FROM rebuilt) AS differing,
       (array_agg(stream ORDER BY stream) FILTER (WHERE standing IS DISTINCT FROM rebuilt))[:$2] AS first
FROM pg_temp.rebuilt_digests
WHERE name = $1
