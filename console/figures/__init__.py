"""The figures of FIGURES as the service answers them: counted by SQL from ``spans``, as of any instant."""
