SELECT * FROM directives WHERE stream = $1
