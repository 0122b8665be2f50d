-- Whether an assignment has no span from its issue on: it was written by a release that knew of none, even if a worker of
-- this one has written to its directive since.
SELECT EXISTS (
    SELECT FROM directives AS d
    JOIN assignments AS a ON a.stream = d.stream AND a.created_at = d.issued_at
    WHERE NOT EXISTS (
        SELECT FROM spans AS p WHERE p.stream = a.stream AND p.assignment = a.id AND p.since = d.issued_at))
