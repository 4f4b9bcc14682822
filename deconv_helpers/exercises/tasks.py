"""All exercises that can be checked."""

from deconv_helpers.exercises.chapter_tasks import CHAPTERS
from deconv_helpers.exercises.ladder import LADDER

TASKS = CHAPTERS | LADDER
