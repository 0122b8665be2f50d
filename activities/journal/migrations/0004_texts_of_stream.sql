-- migrate:up

-- verify reads the words of one directive at a time.
CREATE INDEX texts_of_stream ON texts (stream);

-- migrate:down

DROP INDEX texts_of_stream;
