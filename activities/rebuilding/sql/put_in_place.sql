INSERT INTO public.{table}
SELECT t.*
FROM pg_temp.rebuilt_{table} AS t
JOIN pg_temp.rebuilt_digests AS d ON d.name = '{table}' AND d.stream = t.stream
WHERE d.standing IS DISTINCT FROM d.rebuilt
