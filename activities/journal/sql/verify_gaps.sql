SELECT coalesce(g.number::text, substr(l.stream, 5)) AS number, g.note, g.hash, l.seq, l.hash AS logged
FROM gaps AS g
FULL JOIN (SELECT stream, seq, hash FROM log WHERE starts_with(stream, 'gap/')) AS l ON l.stream = 'gap/' || g.number
ORDER BY number
