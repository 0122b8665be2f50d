-- The assignments that a question is about, as they stood at $1 ($2: by their first deadlines), each with the key ($3)
-- under which it counts. $4, $5, $6: cohort, its first and its last day; $7 to $15: what else is asked for.
-- Directives are not looked at unless something of them is asked for: PostgreSQL drops a join that nothing needs.
SELECT s.*,
       CASE $3::text
           WHEN 'unit' THEN s.unit
           WHEN 'group' THEN s.unit_group
           WHEN 'issuer' THEN d.issuer
           WHEN 'field' THEN coalesce(d.document ->> 'field', '')
           WHEN 'urgency' THEN d.priority::text
           WHEN 'kind' THEN d.document ->> 'type_name'
           WHEN 'signer' THEN d.document -> 'signer' ->> 'full_name'
           WHEN 'month' THEN to_char(CASE $4::text WHEN 'due' THEN local_day(s.due) ELSE s.assigned_on END, 'YYYY-MM')
       END AS key
FROM standings_at($1::timestamptz, $2::boolean) AS s
LEFT JOIN directives AS d ON d.stream = s.stream
WHERE CASE $4::text
          WHEN 'assigned' THEN s.assigned_on BETWEEN coalesce($5::date, '-infinity') AND coalesce($6::date, 'infinity')
          WHEN 'due' THEN local_day(s.due) BETWEEN coalesce($5::date, '-infinity') AND coalesce($6::date, 'infinity')
          ELSE true
      END
      AND ($7::text IS NULL OR s.unit = $7)
      AND ($8::text IS NULL OR s.unit_group = $8)
      AND ($9::text IS NULL OR d.issuer = $9)
      AND ($10::text IS NULL OR coalesce(d.document ->> 'field', '') = $10)
      AND ($11::text IS NULL OR d.priority::text = $11)
      AND ($12::text IS NULL OR d.document ->> 'type_name' = $12)
      AND ($13::text IS NULL OR d.document -> 'signer' ->> 'full_name' = $13)
      AND ($14::text IS NULL
           OR $14 = to_char(CASE $4::text WHEN 'due' THEN local_day(s.due) ELSE s.assigned_on END, 'YYYY-MM'))
      AND ($15::text IS NULL OR s.stream = $15)
