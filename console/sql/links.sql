-- Every link from or to one of these directives.
SELECT stream, kind, inward, notation, target, assignment FROM links
WHERE stream = ANY($1::text[]) OR target = ANY($1::text[])
ORDER BY stream, version, number
