DELETE FROM public.{table} AS t
USING pg_temp.rebuilt_digests AS d
WHERE d.name = '{table}' AND d.standing IS DISTINCT FROM d.rebuilt AND t.stream = d.stream
