SELECT assignment, since FROM spans WHERE stream = $1 AND assignment = ANY ($2::text[]) AND until = 'infinity'
