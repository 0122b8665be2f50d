-- Who looked at the directive, and who confirmed a change of rights: that somebody did stays known.
WITH readers AS (
    UPDATE reads SET person = $3 WHERE stream = $1 AND person = $2
)
UPDATE rights_changes SET confirmed_by = $3 WHERE stream = $1 AND confirmed_by = $2
