-- How many deadlines of either kind were set by these runs of events: of each stream from version $2 to version $3.
SELECT count(*) FILTER (WHERE e.type = 'DeadlineSet') AS deadlines,
       count(*) FILTER (WHERE e.type = 'AcknowledgementDeadlineSet') AS acknowledgements
FROM unnest($1::text[], $2::integer[], $3::integer[]) AS run (stream, first, last)
JOIN events AS e ON e.stream = run.stream AND e.version BETWEEN run.first AND run.last
