-- The directives that are not over and not paused until $1 already; without $1 those in which a pause lasts.
SELECT stream
FROM directives
WHERE phase IN ('in_force', 'recalling')
      AND CASE
              WHEN $1::timestamptz IS NULL THEN paused_until > now()
              ELSE paused_until IS DISTINCT FROM $1
          END
ORDER BY issued_date, stream
