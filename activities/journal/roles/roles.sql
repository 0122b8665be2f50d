-- The four roles of the journal, for whoever administers the server: run this in the journal's own database, as a
-- superuser, or as the owner of the database who may make roles and databases. It may be run again at any time.
--
--   directives_owner     logs in never; the database and all that is in it are its own
--   directives_migrator  may become the owner (SET ROLE) and has no other rights: `directives setup`
--   directives_writer    the worker
--   directives_reader    the command line, and whoever looks things up
--
-- None of them can log in yet. Give them passwords (ALTER ROLE directives_writer LOGIN PASSWORD '…'), or make people's
-- own logins members of them (GRANT directives_reader TO somebody). What each may is granted by `directives setup`.

DO $$
DECLARE
    role text;
    own  record;
BEGIN
    FOREACH role IN ARRAY ARRAY['directives_owner', 'directives_migrator', 'directives_writer', 'directives_reader'] LOOP
        IF to_regrole(role) IS NULL THEN
            -- Whoever may become the owner acts as it only where he says so.
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', role);
        END IF;
    END LOOP;
    IF NOT pg_has_role('directives_migrator', 'directives_owner', 'MEMBER') THEN
        GRANT directives_owner TO directives_migrator;
    END IF;

    -- Whoever is no superuser can give only to a role that he may become.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT directives_owner TO %I', current_user);
    END IF;

    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT ALL ON SCHEMA public TO directives_owner;
    GRANT USAGE ON SCHEMA public TO directives_writer, directives_reader;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO directives_migrator, directives_writer, directives_reader', current_database());

    -- What an earlier release made belonged to whoever ran it. Sequences go with the table whose column they number.
    FOR own IN
        SELECT c.oid::regclass AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
          AND c.relowner <> to_regrole('directives_owner')
          AND NOT EXISTS (
              SELECT FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')))
    LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO directives_owner', own.name);
    END LOOP;
    FOR own IN
        SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> to_regrole('directives_owner')
          AND NOT EXISTS (
              SELECT FROM pg_depend d
              WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO directives_owner', own.name);
    END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO directives_owner', current_database());

    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('REVOKE directives_owner FROM %I', current_user);
    END IF;
END
$$;
