-- The receipts that are acknowledged at $1, each with its key. A receipt belongs to the day of the document that it is of;
-- in the cohort "due", to that of its deadline to acknowledge. $1 to $15: as in figures_counted.sql.
SELECT s.stream, s.assignment AS receipt, s.unit, s.held_until AS acknowledged_at, s.due, s.assigned_on,
       s.worked_minutes::numeric / s.day_minutes AS days,
       CASE $3::text
           WHEN 'unit' THEN s.unit
           WHEN 'group' THEN s.unit_group
           WHEN 'issuer' THEN d.issuer
           WHEN 'field' THEN coalesce(d.document ->> 'field', '')
           WHEN 'urgency' THEN d.priority::text
           WHEN 'kind' THEN d.document ->> 'type_name'
           WHEN 'signer' THEN d.document -> 'signer' ->> 'full_name'
           WHEN 'month' THEN to_char(b.day, 'YYYY-MM')
       END AS key
FROM spans AS s
LEFT JOIN directives AS d ON d.stream = s.stream
CROSS JOIN LATERAL (
    SELECT CASE $4::text WHEN 'due' THEN local_day(s.due) ELSE s.assigned_on END AS day
) AS b
WHERE s.role = 'receipt' AND s.since <= $1::timestamptz AND s.until > $1::timestamptz
      -- No deadline is another one here than the first.
      AND $2::boolean IS NOT NULL
      AND ($4::text = 'all' OR b.day BETWEEN coalesce($5::date, '-infinity') AND coalesce($6::date, 'infinity'))
      AND ($7::text IS NULL OR s.unit = $7)
      AND ($8::text IS NULL OR s.unit_group = $8)
      AND ($9::text IS NULL OR d.issuer = $9)
      AND ($10::text IS NULL OR coalesce(d.document ->> 'field', '') = $10)
      AND ($11::text IS NULL OR d.priority::text = $11)
      AND ($12::text IS NULL OR d.document ->> 'type_name' = $12)
      AND ($13::text IS NULL OR d.document -> 'signer' ->> 'full_name' = $13)
      AND ($14::text IS NULL OR to_char(b.day, 'YYYY-MM') = $14)
      AND ($15::text IS NULL OR s.stream = $15)
