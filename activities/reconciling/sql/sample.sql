-- Other streams every day.
SELECT stream FROM streams ORDER BY md5(stream || current_date) LIMIT $1
