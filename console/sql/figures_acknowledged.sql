-- How long units took to acknowledge, as figures_completed.sql tells it of what is done.
WITH receipts_counted AS (
{receipts})
SELECT false AS of_all, key, count(*) AS count,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS median,
       percentile_disc(0.9) WITHIN GROUP (ORDER BY days) AS p90
FROM receipts_counted
GROUP BY key
UNION ALL
SELECT true, NULL, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY days)
FROM receipts_counted
WHERE key IS NULL OR key <> ALL ($16::text[])
