SELECT number || '/' || notation AS offered FROM directives GROUP BY number, notation ORDER BY max(issued_date) DESC, 1
