-- migrate:up

ALTER TABLE directives RENAME COLUMN closed_at TO ended_at;

-- migrate:down

ALTER TABLE directives RENAME COLUMN ended_at TO closed_at;
