DROP TABLE IF EXISTS pg_temp.rebuilt_{table};
CREATE TEMP TABLE rebuilt_{table} (LIKE public.{table} INCLUDING ALL);
