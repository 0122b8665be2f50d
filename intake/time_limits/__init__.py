"""The wordings that limit time, one file a kind: what each means as a rule, and how sure that is."""
