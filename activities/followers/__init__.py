"""Read models that follow the global order of the record, each at its own pace."""
