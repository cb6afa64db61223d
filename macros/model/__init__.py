"""What the catalogue is made of: one class per kind of record, one sentence per field."""
