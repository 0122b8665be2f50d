SELECT * FROM receipts WHERE stream = $1
