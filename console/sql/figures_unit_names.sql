-- What these units were called at $2, by the directive that each had received last by then.
SELECT asked.unit AS key, coalesce(former.name, last.unit_name) AS name
FROM unnest($1::text[]) AS asked (unit)
CROSS JOIN LATERAL (
    (SELECT 1 AS choice, stream, unit_name FROM receipts
     WHERE unit = asked.unit AND sent_at <= $2::timestamptz
     ORDER BY sent_at DESC, stream LIMIT 1)
    UNION ALL
    -- A receipt that another replaced within its revision is known no more: the next one's name will do.
    (SELECT 2, stream, unit_name FROM receipts WHERE unit = asked.unit ORDER BY sent_at, stream LIMIT 1)
    ORDER BY choice
    LIMIT 1
) AS last
LEFT JOIN LATERAL (
    SELECT one ->> 'name' AS name
    FROM directives AS d
    CROSS JOIN LATERAL jsonb_array_elements(d.former_units) AS of (one)
    WHERE d.stream = last.stream AND one ->> 'unit' = asked.unit AND (one ->> 'until')::timestamptz > $2::timestamptz
    ORDER BY (one ->> 'until')::timestamptz
    LIMIT 1
) AS former ON true
