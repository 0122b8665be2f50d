-- The first writer of a stream makes its head; the second waits here for the first.
INSERT INTO streams (stream, version, hash) VALUES ($1, $2, $3)
