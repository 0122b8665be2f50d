SELECT version, state FROM snapshots WHERE stream = $1 AND fingerprint = $2
