"""What the benchmark of throughput is made of: data, servers, load, and the bare route."""
