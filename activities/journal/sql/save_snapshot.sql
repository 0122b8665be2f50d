INSERT INTO snapshots (stream, version, fingerprint, state) VALUES ($1, $2, $3, $4)
ON CONFLICT (stream) DO UPDATE SET (version, fingerprint, state) = ROW (excluded.version, excluded.fingerprint, excluded.state)
