SELECT command_id, outcome FROM commands WHERE stream = $1 ORDER BY command_id
