-- Rows of streams without a head, which no foreign key lets in as long as it is there.
SELECT DISTINCT t.source, t.stream
FROM (
    SELECT 'directives' AS source, stream FROM directives
    UNION ALL SELECT 'assignments', stream FROM assignments
    UNION ALL SELECT 'handovers', stream FROM handovers
    UNION ALL SELECT 'receipts', stream FROM receipts
    UNION ALL SELECT 'links', stream FROM links
    UNION ALL SELECT 'spans', stream FROM spans
    UNION ALL SELECT 'texts', stream FROM texts
    UNION ALL SELECT 'commands', stream FROM commands
) AS t
WHERE NOT EXISTS (SELECT FROM streams AS s WHERE s.stream = t.stream)
ORDER BY t.source, t.stream
