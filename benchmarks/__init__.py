"""What the README claims, measured on this machine; ratios of one run count, not the figures."""
