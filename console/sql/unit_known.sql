SELECT EXISTS (SELECT FROM receipts WHERE unit = $1) AS known
