SELECT d.stream
FROM directives AS d
WHERE d.phase IN ('in_force', 'recalling')
      AND (EXISTS (SELECT FROM receipts AS r WHERE r.stream = d.stream AND r.unit = ANY ($1::text[]))
           OR EXISTS (SELECT FROM assignments AS a WHERE a.stream = d.stream AND a.unit = ANY ($1::text[])))
ORDER BY d.issued_date, d.stream
