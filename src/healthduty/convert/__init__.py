"""Model and records to JSON and back: files, digests, the JSON Schema."""
