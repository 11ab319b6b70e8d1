"""Acts on experiments: written, registered, amended, carried out, closed, published; participants; random orders."""
