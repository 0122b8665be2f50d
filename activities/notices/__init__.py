"""Telling people: notices that the journal holds are composed, sent, and what came of them is recorded."""
