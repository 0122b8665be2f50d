-- Of a directive, where each event stands that the follower of rights says to have seen.
SELECT l.version, l.seq
FROM log AS l
WHERE l.stream = $1 AND l.seq <= (SELECT max(seq) FROM followers WHERE name = 'rights_changes')
