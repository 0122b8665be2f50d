-- migrate:up

-- What one directive tells another, written with the events that call for it; delivered by the relayer.
CREATE TABLE relays (
    place      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream     text NOT NULL REFERENCES streams,
    id         uuid NOT NULL UNIQUE,
    target     text NOT NULL,
    command    jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    sent_at    timestamptz
);
CREATE INDEX relays_unsent ON relays (place) WHERE sent_at IS NULL;

-- The documents that a directive is tied to. version, number: the event that names the document, and its place there.
-- inward: the other one points to this one. assignment: of the target, where this one is under it.
CREATE TABLE links (
    stream     text NOT NULL REFERENCES streams,
    version    integer NOT NULL,
    number     integer NOT NULL,
    kind       text NOT NULL,
    inward     boolean NOT NULL,
    notation   text NOT NULL,
    target     text,
    assignment text,
    PRIMARY KEY (stream, version, number)
);
CREATE INDEX links_to ON links (target) WHERE target IS NOT NULL;

INSERT INTO links (stream, version, number, kind, inward, notation, target)
SELECT e.stream, e.version, l.number, l.one ->> 'kind', false, l.one ->> 'notation', l.one ->> 'stream'
FROM events e
CROSS JOIN jsonb_array_elements(e.body::jsonb #> '{data,directive,document,links}') WITH ORDINALITY AS l (one, number)
WHERE e.type = 'DirectiveIssued';

-- migrate:down

DROP TABLE links, relays;
