"""The law as data: dated deadlines, parameters and checks, each with its reference. Pure: no ORM, no clock."""
