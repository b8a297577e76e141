"""What is told after an attempt: the debrief as a value, and as text."""
