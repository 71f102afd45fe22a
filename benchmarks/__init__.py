"""What `make bench` runs: measurements only, no assertion on time. docs/benchmarks.md says what each figure means."""
