"""PostgreSQL and a Temporal server as children of one process, with everything they keep in one directory.

Loopback only, for trying the service out and for its tests; not a production set-up. `stack.Stack` starts and ends
both, `data_directory.find_endpoints` tells other commands where they listen.
"""
