-- Whether a directive has no spans from its issue on: it was written by a release that knew of none, even if a worker of
-- this one has written to it since.
SELECT EXISTS (
    SELECT FROM directives AS d
    WHERE NOT EXISTS (SELECT FROM spans AS p WHERE p.stream = d.stream AND p.since = d.issued_at))
