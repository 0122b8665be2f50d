-- Of the cohort "due": what is outside of it, having no deadline; by role. Asked with the cohort "all".
WITH counted AS (
{counted})
SELECT role, count(*) AS n FROM counted WHERE due IS NULL GROUP BY role
