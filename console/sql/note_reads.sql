INSERT INTO reads (stream, person, command) SELECT stream, $2, $3 FROM unnest($1::text[]) AS s (stream)
