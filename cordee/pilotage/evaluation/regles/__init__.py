"""Pure rules of evaluation: the protocol and its seal, designs, random orders, what may be concluded."""
