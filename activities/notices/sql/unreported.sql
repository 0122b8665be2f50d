-- What directives have not been told yet, claim by claim. A claim that is still being worked on is left alone: whoever
-- tells of it, now or after a crash, must tell of the same notices under the same command id.
SELECT n.stream, n.claimed_by, n.id, n.unit, n.revision, n.status, n.problem, n.settled_at
FROM notices n
WHERE n.status <> 'waiting' AND NOT n.reported
  AND NOT EXISTS (
      SELECT FROM notices w
      WHERE w.channel = n.channel AND w.status = 'waiting' AND w.claimed_by = n.claimed_by AND w.try_at > now()
  )
ORDER BY n.stream, n.claimed_by, n.id
