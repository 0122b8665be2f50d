SELECT number, note FROM gaps ORDER BY number
