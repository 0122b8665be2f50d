SELECT stream, max(version) AS version FROM unsequenced
WHERE $1::text[] IS NULL OR stream = ANY ($1)
GROUP BY stream ORDER BY stream
