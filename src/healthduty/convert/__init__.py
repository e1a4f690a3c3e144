"""The model to JSON and back: files, digests, the JSON Schema."""
