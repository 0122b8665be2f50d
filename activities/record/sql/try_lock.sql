-- The sequencer's lock until the transaction ends, if nobody has it. The same as in lock.sql.
SELECT pg_try_advisory_xact_lock(hashtext('directives sequencer'))
