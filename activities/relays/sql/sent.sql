UPDATE relays SET sent_at = now() WHERE place = ANY($1::bigint[]) AND sent_at IS NULL
