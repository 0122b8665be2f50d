SELECT * FROM assignments WHERE stream = $1
