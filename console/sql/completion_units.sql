SELECT DISTINCT unit AS offered FROM receipts ORDER BY unit
