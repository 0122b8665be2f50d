-- In which directives that are not over a person in that role for that unit may have to act.
SELECT d.stream
FROM directives AS d
WHERE d.phase IN ('in_force', 'recalling')
      AND CASE $1
              WHEN 'leader' THEN d.issuer = $2
              ELSE EXISTS (SELECT FROM receipts AS r WHERE r.stream = d.stream AND r.unit = $2 AND r.purpose = 'act')
          END
ORDER BY d.issued_date, d.stream
