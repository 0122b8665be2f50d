INSERT INTO directives (stream, version, phase, revision, issuer, number, notation, subject, priority, issued_date,
                        issued_at, document, obligations)
SELECT stream, count(*), 'in_force', 1, 'office', min(n / 40)::text, 'UBND-NC', repeat('tăng cường kiểm tra ', 5), 0,
       min(issued)::date, min(issued),
       jsonb_build_object('field', 'nội vụ', 'type_name', 'công văn', 'signer', '{"full_name": "Signer"}'::jsonb,
                          'links', '[]'::jsonb, 'organ_name', 'Ủy ban nhân dân thành phố', 'note', repeat('x', 300)),
       '[]'
FROM lives GROUP BY stream
