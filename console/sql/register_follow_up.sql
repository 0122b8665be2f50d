-- The work that units hold under directives, by the day on which it was assigned.
SELECT a.stream, a.id, a.unit, a.unit_name, a.role, a.status, a.assigned_on, a.percent, a.deadline, a.first_deadline,
       a.left_unit_at, a.officer, a.released_at, a.imported_line, s.late, s.done, s.released, d.number, d.notation,
       d.issued_date, d.document ->> 'type_name' AS type_name, d.document ->> 'organ_name' AS organ_name,
       a.item
FROM assignments AS a
JOIN standings AS s USING (stream, id)
JOIN directives AS d USING (stream)
WHERE a.assigned_on BETWEEN $1 AND $2 AND ($3::text IS NULL OR a.unit = $3)
