"""Hours of activity: a person's weeks, the week of many people on a grid."""
