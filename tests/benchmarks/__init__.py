"""How fast Inkthread is, as ratios and medians of one run: `make bench` writes them to docs/benchmarks.md."""
