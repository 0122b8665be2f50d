"""A city's months, played on the real service under time skipping: from behaviours to figures."""
