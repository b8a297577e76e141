"""Rubrics: criteria with a measure and anchored levels, applied to an attempt; and the coach's word.

`load` reads a rubric file, `assess` applies it to the turns of an attempt, `feedback` coaches one turn,
`assessment` holds the values that come out. Pure: turns in, values out.
"""
