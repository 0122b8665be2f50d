UPDATE notices SET reported = true WHERE id = ANY ($1::uuid[]) AND NOT reported
