-- How far each follower is behind the record, and when it last said that it goes on.
SELECT f.name, coalesce((SELECT max(seq) FROM log), 0) - f.seq AS lag, f.beat_at FROM followers AS f
