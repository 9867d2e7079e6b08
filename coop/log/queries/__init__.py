"""Questions to the log: checkpoints, tiles, proofs, tokens, and what `coop log verify` asks."""
