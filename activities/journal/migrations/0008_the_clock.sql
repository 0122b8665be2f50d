-- migrate:up

-- Of a recurring obligation: which one, from 1; NULL where there is only one.
ALTER TABLE assignments ADD COLUMN occurrence integer;
-- Until when nobody is urged; it may be over.
ALTER TABLE directives ADD COLUMN paused_until timestamptz;
-- What the shape of a rule has come to hold since.
UPDATE directives
SET obligations = coalesce((
        SELECT jsonb_agg(
            CASE WHEN one #>> '{deadline,kind}' = 'none' THEN jsonb_set(one, '{deadline,review}', 'null') ELSE one END
            ORDER BY place)
        FROM jsonb_array_elements(obligations) WITH ORDINALITY AS o (one, place)), '[]');

-- migrate:down

ALTER TABLE directives DROP COLUMN paused_until;
ALTER TABLE assignments DROP COLUMN occurrence;
UPDATE directives
SET obligations = coalesce((
        SELECT jsonb_agg(one #- '{deadline,review}' ORDER BY place)
        FROM jsonb_array_elements(obligations) WITH ORDINALITY AS o (one, place)), '[]');
