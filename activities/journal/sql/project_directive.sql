INSERT INTO directives (stream, version, phase, revision, issuer, number, notation, subject, priority, issued_date,
                        issued_at, ended_at, next_alarm, next_deadline, recall_answer_by, paused_until, document,
                        former_units, obligations)
SELECT r.*
FROM jsonb_to_record($1::jsonb) AS r (
    stream text, version integer, phase text, revision integer, issuer text, number text, notation text, subject text,
    priority integer, issued_date date, issued_at timestamptz, ended_at timestamptz, next_alarm timestamptz,
    next_deadline timestamptz, recall_answer_by timestamptz, paused_until timestamptz, document jsonb,
    former_units jsonb, obligations jsonb)
ON CONFLICT (stream) DO UPDATE SET
    (version, phase, revision, issuer, number, notation, subject, priority, issued_date, issued_at, ended_at,
     next_alarm, next_deadline, recall_answer_by, paused_until, document, former_units, obligations)
    = ROW (excluded.version, excluded.phase, excluded.revision, excluded.issuer, excluded.number, excluded.notation,
           excluded.subject, excluded.priority, excluded.issued_date, excluded.issued_at, excluded.ended_at,
           excluded.next_alarm, excluded.next_deadline, excluded.recall_answer_by, excluded.paused_until,
           excluded.document, excluded.former_units, excluded.obligations)
