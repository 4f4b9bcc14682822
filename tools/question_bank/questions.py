"""The forty questions. What is right is computed by the helper, and never typed."""

from question_bank import on_decoders, on_sizes, on_the_transpose, on_values

ROOMS = on_sizes, on_values, on_the_transpose, on_decoders

QUESTIONS = tuple(question for room in ROOMS for question in room.questions())
