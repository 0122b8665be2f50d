-- Whoever has the row works; the others look again later.
SELECT seq FROM followers WHERE name = $1 FOR UPDATE SKIP LOCKED
