SELECT stream FROM directives WHERE stream = ANY ($1::text[]) AND document ->> 'circulation' = 'limited'
