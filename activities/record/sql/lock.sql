-- The sequencer's lock, waited for until the transaction ends.
SELECT pg_advisory_xact_lock(hashtext('directives sequencer'))
