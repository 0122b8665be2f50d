INSERT INTO gaps (number, note, hash) VALUES ($1, $2, $3)
