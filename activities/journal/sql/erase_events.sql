-- The events of these versions, and those that name the person of one of these texts. about: the assignment, else the
-- unit, that the event is about; nothing where it is about the whole directive.
SELECT event_id, type, command_id, coalesce(data ->> 'assignment', data ->> 'unit') AS about
FROM events
CROSS JOIN LATERAL (SELECT body::jsonb -> 'data' AS data) AS said
WHERE stream = $1
  AND (version = ANY ($2::integer[]) OR EXISTS (SELECT FROM unnest($3::text[]) AS t (id) WHERE strpos(body, t.id) > 0))
