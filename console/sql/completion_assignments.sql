SELECT id AS offered FROM assignments WHERE stream = $1 ORDER BY id
