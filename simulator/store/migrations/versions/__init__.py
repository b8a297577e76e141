"""The revisions. A released one is never edited; a new one goes with a new `schema.REVISION`."""
