-- What these issuers called themselves in the last directive that each had issued by $2.
SELECT DISTINCT ON (issuer) issuer AS key, document ->> 'organ_name' AS name
FROM directives
WHERE issuer = ANY ($1::text[]) AND issued_at <= $2::timestamptz
ORDER BY issuer, issued_date DESC, stream
