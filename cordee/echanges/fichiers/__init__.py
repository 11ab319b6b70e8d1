"""What every kind of file received shares: the fact of its reception, its copy, its progress, what it set aside."""
