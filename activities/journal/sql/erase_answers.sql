-- $2: the commands whose content held the words; $3, $4: a person's name, and what stands in its place.
-- A digest of a content of which all but a name is known lets the name be found by trying: it goes, too. Of answers
-- without an event nobody knows whose they were.
WITH answers AS (
    SELECT c.command_id, split_part(c.command_id, '#', 1) AS given, c.outcome
    FROM commands AS c
    WHERE c.stream = $1
), judged AS (
    SELECT a.command_id,
           a.given = ANY ($2::text[])
               OR ($3::text IS NOT NULL
                   AND NOT EXISTS (SELECT FROM events AS e WHERE e.stream = $1 AND e.command_id = a.given)) AS held,
           (SELECT jsonb_object_agg(d.key, CASE WHEN d.value = $3 THEN $4 ELSE d.value END)
            FROM jsonb_each_text(a.outcome -> 'details') AS d
            HAVING bool_or(d.value = $3)) AS details
    FROM answers AS a
)
UPDATE commands AS c
SET digest = CASE WHEN j.held THEN '' ELSE c.digest END,
    outcome = CASE WHEN j.details IS NULL THEN c.outcome ELSE jsonb_set(c.outcome, '{details}', j.details) END
FROM judged AS j
WHERE c.stream = $1 AND c.command_id = j.command_id AND (j.held OR j.details IS NOT NULL)
