-- Whoever decides locks a head first: from now on they wait, and none has anything begun. Readers go on.
LOCK TABLE streams IN EXCLUSIVE MODE
