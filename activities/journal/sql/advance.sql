UPDATE streams SET version = $2, hash = $3 WHERE stream = $1
