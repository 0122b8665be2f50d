SELECT seq, version, type, at FROM rights_changes WHERE stream = $1
