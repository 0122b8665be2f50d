-- directive/<issuer>/<year>/<number>-<symbol>: several offices, and every year, may bear the same last part.
SELECT stream FROM directives WHERE split_part(stream, '/', 4) = $1 ORDER BY stream
