#!/bin/sh
# Runs once, on an empty volume: an owner for each application, who can reach nothing of the other.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set directives_password="$DIRECTIVES_DB_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE directives LOGIN PASSWORD :'directives_password';
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE directives OWNER directives;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE directives, temporal, temporal_visibility FROM PUBLIC;
SQL
