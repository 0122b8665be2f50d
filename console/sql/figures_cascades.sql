-- Issuers of which something is counted that stands under what another issuer gave, as far as that is counted, too.
WITH RECURSIVE counted AS (
{counted}), streams_counted AS (
    SELECT DISTINCT stream FROM counted
), above AS (
    SELECT stream, target FROM links WHERE kind = 'under' AND target IS NOT NULL
    UNION
    SELECT a.stream, l.target FROM above AS a JOIN links AS l ON l.stream = a.target
    WHERE l.kind = 'under' AND l.target IS NOT NULL
)
SELECT DISTINCT lower.issuer
FROM above AS a
JOIN streams_counted AS s ON s.stream = a.stream
JOIN streams_counted AS t ON t.stream = a.target
JOIN directives AS lower ON lower.stream = a.stream
JOIN directives AS upper ON upper.stream = a.target
WHERE lower.issuer <> upper.issuer
