SELECT EXISTS (SELECT FROM directives WHERE stream = $1) AS known
