-- The next notices that are due, taken for one dispatcher, with the facts that their mails tell. What is claimed is not
-- due again before the lease has run out: a dispatcher that dies gives back by doing nothing.
WITH due AS (
    SELECT id FROM notices
    WHERE channel = 'email' AND status = 'waiting' AND try_at <= now()
    ORDER BY try_at
    LIMIT $3
    FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE notices SET claimed_by = $1, attempts = notices.attempts + 1, try_at = now() + $2::interval
    FROM due WHERE notices.id = due.id
    RETURNING notices.*
), items AS MATERIALIZED (
    SELECT d.stream, o ->> 'item' AS item, left(regexp_replace(o ->> 'text', '\s+', ' ', 'g'), $4) AS text
    FROM directives d, jsonb_array_elements(d.obligations) AS o
    WHERE d.stream IN (SELECT stream FROM claimed)
), held AS (
    SELECT c.id,
           jsonb_agg(jsonb_build_object(
               'id', a.id, 'item', a.item, 'role', a.role, 'deadline', a.deadline, 'text', i.text,
               'unit', a.unit, 'unit_name', a.unit_name, 'status', a.status,
               'suspended', a.suspended_at IS NOT NULL, 'asks_extension', a.extension_until IS NOT NULL,
               'asks_transfer', a.transfer_to IS NOT NULL, 'owes_explanation', a.explanation_due IS NOT NULL
           ) ORDER BY named.place) AS assignments
    FROM claimed c
    CROSS JOIN unnest(c.assignments) WITH ORDINALITY AS named (id, place)
    JOIN assignments a ON a.stream = c.stream AND a.id = named.id
    JOIN items i ON i.stream = c.stream AND i.item = a.item
    GROUP BY c.id
)
SELECT c.id, c.stream, c.kind, c.unit, c.about, c.detail, c.address, c.attempts,
       d.document - 'to_places' - 'links' AS document,
       own.purpose,
       own.unit_name,
       own.acknowledged_at IS NOT NULL OR own.released_at IS NOT NULL AS answered,
       own.refused_at IS NOT NULL AS refused,
       own.recall,
       other.unit_name AS about_name,
       other.refusal_waits AS about_refused,
       other.unanswered AS about_unanswered,
       coalesce(held.assignments, '[]') AS assignments
FROM claimed c
JOIN directives d ON d.stream = c.stream
LEFT JOIN current_receipts own ON own.stream = c.stream AND own.unit = c.unit
LEFT JOIN current_receipts other ON other.stream = c.stream AND other.unit = c.about
LEFT JOIN held ON held.id = c.id
ORDER BY c.created_at, c.id
