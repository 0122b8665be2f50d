SELECT seq, version, hash FROM log WHERE stream = $1 ORDER BY seq
