-- The directives issued by the instant $3 that have something assigned on days from $1 to $2.
SELECT d.stream
FROM directives AS d
WHERE d.issued_at <= $3
  AND EXISTS (
      SELECT FROM assignments AS a
      WHERE a.stream = d.stream
        AND a.assigned_on BETWEEN coalesce($1::date, '-infinity') AND coalesce($2::date, 'infinity')
  )
ORDER BY d.stream
