SELECT version, hash FROM streams WHERE stream = $1
