SELECT seq, hash FROM log ORDER BY seq
