-- migrate:up

CREATE TABLE directives (
    stream        text PRIMARY KEY REFERENCES streams,
    version       integer NOT NULL,
    phase         text NOT NULL,
    revision      integer NOT NULL,
    issuer        text NOT NULL,
    number        text NOT NULL,
    notation      text NOT NULL,
    subject       text NOT NULL,
    priority      integer NOT NULL,
    issued_date   date NOT NULL,
    issued_at     timestamptz NOT NULL,
    closed_at     timestamptz,
    next_alarm    timestamptz,
    next_deadline timestamptz,
    document      jsonb NOT NULL,
    obligations   jsonb NOT NULL
);

CREATE TABLE assignments (
    stream         text NOT NULL REFERENCES streams,
    id             text NOT NULL,
    item           text NOT NULL,
    unit           text NOT NULL,
    unit_name      text NOT NULL,
    role           text NOT NULL,
    status         text NOT NULL,
    assigned_on    date NOT NULL,
    percent        integer,
    reports        integer NOT NULL,
    first_deadline timestamptz,
    deadline       timestamptz,
    left_unit_at   timestamptz,
    PRIMARY KEY (stream, id)
);
CREATE INDEX assignments_of_unit ON assignments (unit, status);

CREATE TABLE receipts (
    stream          text NOT NULL REFERENCES streams,
    unit            text NOT NULL,
    unit_name       text NOT NULL,
    purpose         text NOT NULL,
    revision        integer NOT NULL,
    sent_at         timestamptz NOT NULL,
    delivered_at    timestamptz,
    acknowledge_by  timestamptz,
    acknowledged_at timestamptz,
    refused_at      timestamptz,
    gave_up_at      timestamptz,
    PRIMARY KEY (stream, unit)
);
CREATE INDEX receipts_unanswered ON receipts (acknowledge_by)
    WHERE acknowledged_at IS NULL AND refused_at IS NULL AND purpose = 'act';

-- migrate:down

DROP TABLE receipts, assignments, directives;
