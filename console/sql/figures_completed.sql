-- How long what is done took, in working days, by key and role; a row without a key is of all of a role but for the keys
-- $16. Nearest rank: always one that there is.
WITH counted AS (
{counted}), completed AS (
    SELECT key, role, worked_minutes::numeric / day_minutes AS days FROM counted WHERE done
)
SELECT false AS of_all, key, role, count(*) AS count,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS median,
       percentile_disc(0.9) WITHIN GROUP (ORDER BY days) AS p90
FROM completed
GROUP BY key, role
UNION ALL
SELECT true, NULL, role, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY days)
FROM completed
WHERE key IS NULL OR key <> ALL ($16::text[])
GROUP BY role
