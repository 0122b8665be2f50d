SELECT * FROM links WHERE stream = $1
