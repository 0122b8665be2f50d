-- The receipts behind "acknowledged".
WITH receipts_counted AS (
{receipts})
SELECT r.stream, d.number, d.notation, d.issued_date, split_part(r.receipt, '/', 2)::integer AS revision, r.unit, r.due,
       r.acknowledged_at AS finish, r.days AS working_days
FROM receipts_counted AS r
JOIN directives AS d ON d.stream = r.stream
ORDER BY r.acknowledged_at, r.stream, r.receipt
