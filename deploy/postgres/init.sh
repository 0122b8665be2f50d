#!/bin/sh
# Runs once, on an empty volume: for each application roles of its own, who can reach nothing of the other.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE directives;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE directives, temporal, temporal_visibility FROM PUBLIC;
SQL
# The journal's four roles: the owner, who never logs in, and three who do.
psql --username "$POSTGRES_USER" --dbname directives --set ON_ERROR_STOP=1 --file /etc/directives/roles.sql
psql --username "$POSTGRES_USER" --dbname directives --set ON_ERROR_STOP=1 \
  --set migrator_password="$DIRECTIVES_MIGRATOR_PASSWORD" --set writer_password="$DIRECTIVES_WRITER_PASSWORD" \
  --set reader_password="$DIRECTIVES_READER_PASSWORD" <<'SQL'
ALTER ROLE directives_migrator LOGIN PASSWORD :'migrator_password';
ALTER ROLE directives_writer LOGIN PASSWORD :'writer_password';
ALTER ROLE directives_reader LOGIN PASSWORD :'reader_password';
SQL
