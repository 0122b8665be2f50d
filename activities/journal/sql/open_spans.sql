-- When the last span of each began, or ended, where nothing counts any more.
SELECT assignment, max(CASE until WHEN 'infinity' THEN since ELSE until END) AS since
FROM spans
WHERE stream = $1 AND assignment = ANY ($2::text[])
GROUP BY assignment
