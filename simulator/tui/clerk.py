"""The one thread that works with the practice, so that no screen ever waits for a file or for the reader.

One thread and not several: a draft saved late must not come after the reply it belongs to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from simulator.tui.failures import RefusedError

if TYPE_CHECKING:
    from simulator.practice import Practice

T = TypeVar("T")


class Clerk:
    """Does jobs in the order they are given. The practice is opened when a job first needs it."""

    def __init__(self, open_practice: Callable[[], Practice], fail: Callable[[Exception], None]) -> None:
        """`open_practice` is called once, in the thread; `fail` is told of an error nobody expected."""
        self._open = open_practice
        self._fail = fail
        self._practice: Practice | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="practice")

    async def run(self, job: Callable[[], T]) -> T:
        """The result of a job that needs no practice. Raises RefusedError with the words to show."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, job)
        except Exception as error:
            from simulator.practice.failures import expected

            said = expected(error, short=True)
            if said is None:
                self._fail(error)
            raise RefusedError(said or "Something went wrong inside.") from error

    async def do(self, job: Callable[[Practice], T]) -> T:
        """The result of a job done with the practice. Raises RefusedError with the words to show."""
        return await self.run(lambda: job(self._opened()))

    def close(self) -> None:
        """Take no more jobs; what was begun is finished."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _opened(self) -> Practice:
        if self._practice is None:
            self._practice = self._open()
        return self._practice
