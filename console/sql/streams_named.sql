-- directive/<issuer>/<year>/<number>-<symbol>: several offices, and every year, may bear the same last part.
SELECT split_part(stream, '/', 4) AS tail, stream
FROM directives
WHERE split_part(stream, '/', 4) = ANY ($1::text[])
ORDER BY stream
