SELECT stream FROM streams WHERE $1::text IS NULL OR stream = $1 ORDER BY stream
