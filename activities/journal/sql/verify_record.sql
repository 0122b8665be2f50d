SELECT (SELECT origin FROM record), (SELECT size FROM tree), (SELECT peaks FROM tree),
       (SELECT count(*) FROM unsequenced) AS waiting
