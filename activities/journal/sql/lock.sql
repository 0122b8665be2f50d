-- The head of a stream, locked until the transaction ends.
SELECT version, hash FROM streams WHERE stream = $1 FOR UPDATE
