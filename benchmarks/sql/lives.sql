-- $1 assignments, 40 of each directive, evenly over two years: what happened to each, and when.
INSERT INTO lives
SELECT n,
       'directive/office/2025/' || n / 40 + 10 || '-UBND-NC',
       '1.' || n % 40 + 1,
       (n * 7 + n / 40) % 100,
       issued,
       issued + interval '30 days',
       issued + interval '45 days',
       issued + (0.5 + chance / 2000) * interval '45 days',
       n % 10 = 3,
       n % 50 = 7,
       n % 10 NOT IN (1, 5) AND n % 50 <> 7
FROM (
    SELECT n, '2025-01-01'::timestamptz + n / 40 * (interval '730 days' / ($1::integer / 40 + 1)) AS issued,
           abs(hashint4(n)::bigint) % 1000 AS chance
    FROM generate_series(0, $1::integer - 1) AS n
) AS issues
