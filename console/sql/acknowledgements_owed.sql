SELECT r.stream
FROM receipts AS r
JOIN directives AS d USING (stream)
WHERE r.unit = $1 AND r.current AND r.purpose = 'act' AND r.acknowledged_at IS NULL AND r.released_at IS NULL
      AND (r.refused_at IS NULL OR r.refusal_declined_at IS NOT NULL) AND d.phase = 'in_force'
ORDER BY r.acknowledge_by NULLS LAST, r.stream
