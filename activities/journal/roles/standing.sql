-- missing: roles that are not there. handed_over: the database, and every table in it, is the owner's.
-- may_own: this login may become the owner.
SELECT coalesce((
           SELECT array_agg(role ORDER BY place) FROM unnest($1::text[]) WITH ORDINALITY AS r (role, place)
           WHERE to_regrole(role) IS NULL), '{}') AS missing,
       coalesce((SELECT datdba = to_regrole($2) FROM pg_database WHERE datname = current_database()), false)
           AND NOT EXISTS (
               SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner <> $2) AS handed_over,
       CASE WHEN to_regrole($2) IS NULL THEN false ELSE pg_has_role(current_user, to_regrole($2), 'MEMBER') END
           AS may_own
