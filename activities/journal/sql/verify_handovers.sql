SELECT * FROM handovers WHERE stream = $1
