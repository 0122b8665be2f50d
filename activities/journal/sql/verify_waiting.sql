SELECT coalesce(max(version), 0) FROM unsequenced WHERE stream = $1
