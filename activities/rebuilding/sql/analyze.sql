ANALYZE public.{table}
