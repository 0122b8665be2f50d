-- What the rows of these directives come to. A row is its JSON as jsonb writes it (keys in one order, instants in UTC);
-- the digest of a directive in a table is SHA-256 over the sorted SHA-256 of its rows.
INSERT INTO pg_temp.rebuilt_digests (name, stream, rows, standing, rebuilt)
SELECT '{table}', stream, coalesce(rebuilt.rows, 0), standing.digest, rebuilt.digest
FROM (
    SELECT stream, sha256(string_agg(hash, '' ORDER BY hash)) AS digest
    FROM (
        SELECT stream, sha256(convert_to(to_jsonb(t)::text, 'UTF8')) AS hash
        FROM public.{table} AS t WHERE stream = ANY ($1::text[])
    ) AS hashed
    GROUP BY stream
) AS standing
FULL JOIN (
    SELECT stream, count(*) AS rows, sha256(string_agg(hash, '' ORDER BY hash)) AS digest
    FROM (
        SELECT stream, sha256(convert_to(to_jsonb(t)::text, 'UTF8')) AS hash
        FROM pg_temp.rebuilt_{table} AS t WHERE stream = ANY ($1::text[])
    ) AS hashed
    GROUP BY stream
) AS rebuilt USING (stream)
