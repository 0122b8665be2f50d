SELECT seq, version FROM log WHERE stream = $1 AND seq <= $2 ORDER BY seq DESC LIMIT 1
