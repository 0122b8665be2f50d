-- The directives of an issuer, or of all; with $2 only those that are not over.
SELECT stream
FROM directives
WHERE ($1::text IS NULL OR issuer = $1)
      AND (NOT $2::boolean OR phase IN ('in_force', 'recalling'))
ORDER BY issued_date, stream
