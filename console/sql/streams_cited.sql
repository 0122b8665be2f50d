SELECT stream FROM directives WHERE number || '/' || notation = $1 AND issued_date::text = $2
