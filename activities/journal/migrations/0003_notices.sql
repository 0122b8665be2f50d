-- migrate:up

-- Written with the events that call for them; delivered by the dispatcher of the channel.
-- status: waiting -> sent | given_up. reported: the directive has been told of it.
CREATE TABLE notices (
    id          uuid PRIMARY KEY,
    stream      text NOT NULL REFERENCES streams,
    kind        text NOT NULL,
    unit        text NOT NULL,
    about       text,
    assignments text[] NOT NULL,
    detail      text,
    revision    integer NOT NULL,
    created_at  timestamptz NOT NULL,
    channel     text NOT NULL DEFAULT 'email',
    address     text NOT NULL,
    status      text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'given_up')),
    attempts    integer NOT NULL DEFAULT 0,
    try_at      timestamptz NOT NULL,
    claimed_by  text,
    settled_at  timestamptz,
    problem     text,
    reported    boolean NOT NULL DEFAULT false
);
CREATE INDEX notices_waiting ON notices (channel, try_at) WHERE status = 'waiting';
CREATE INDEX notices_unreported ON notices (stream) WHERE status <> 'waiting' AND NOT reported;
CREATE INDEX notices_of_directive ON notices (stream, created_at);

-- migrate:down

DROP TABLE notices;
