-- migrate:up

-- How each assignment stood, from when (inclusive) to when (exclusive): the table from which figures as of any instant
-- are told. version: of the event that began the span. Empty after this migration where there are streams: rebuild.
CREATE TABLE spans (
    stream           text NOT NULL REFERENCES streams,
    assignment       text NOT NULL,
    version          integer NOT NULL,
    since            timestamptz NOT NULL,
    until            timestamptz NOT NULL DEFAULT 'infinity',
    due              timestamptz,
    first_due        timestamptz,
    held_until       timestamptz,
    judged_by        timestamptz,
    worked_minutes   integer,
    day_minutes      integer,
    released_overdue boolean NOT NULL,
    suspended        boolean NOT NULL,
    refused          boolean NOT NULL,
    extended         boolean NOT NULL,
    reopened         boolean NOT NULL,
    transferred      boolean NOT NULL,
    time_corrected   boolean NOT NULL,
    status           text NOT NULL,
    unit             text NOT NULL,
    unit_group       text NOT NULL,
    PRIMARY KEY (stream, assignment, version)
);

-- created_at: when the document that created it was recorded. unit_group: the kind of its unit, when it got it.
ALTER TABLE assignments
    ADD COLUMN unit_group text NOT NULL DEFAULT '',
    ADD COLUMN created_at timestamptz;
UPDATE assignments AS a
SET created_at = coalesce((SELECT d.issued_at FROM directives AS d WHERE d.stream = a.stream), a.assigned_on);
ALTER TABLE assignments ALTER COLUMN created_at SET NOT NULL;

-- migrate:down

ALTER TABLE assignments DROP COLUMN created_at, DROP COLUMN unit_group;
DROP TABLE spans;
