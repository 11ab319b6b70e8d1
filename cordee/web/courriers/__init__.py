"""The post room on screen: what waits, batches, returned mail, the proof of what was sent."""
