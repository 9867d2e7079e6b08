"""What is written of livelihoods: benchmarks, income told, kit and training, links, the common fund."""
