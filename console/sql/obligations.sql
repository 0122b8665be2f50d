SELECT o.item, o.text, o.mode, o.deadline, o.dropped
FROM directives AS d
CROSS JOIN LATERAL jsonb_array_elements(d.obligations) WITH ORDINALITY AS of (one, place)
CROSS JOIN LATERAL jsonb_to_record(of.one) AS o (item text, text text, mode text, deadline jsonb, dropped boolean)
WHERE d.stream = $1
ORDER BY of.place
