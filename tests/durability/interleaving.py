"""Several hands on real connections, whose statements are told off one by one in a random order.

Two transactions that merely begin at the same moment nearly always run one after the other. Here
each hand stops before every statement and before every COMMIT, and chance says who goes on; a hand
that PostgreSQL lets wait for a lock stands aside until it gets it. So the same seed gives the same
order, and 200 seeds about as many orders.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Condition
from typing import Any

from django.db import connection, connections

Action = Callable[[], Any]
PATIENCE = 30.0
"""Seconds after which a hand is given up that neither goes on nor waits for another."""
A_MOMENT = 0.0005
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s) AND wait_event_type = 'Lock'"


class Hand:
    """One action on a connection of its own."""

    def __init__(self, action: Action, turn: Condition) -> None:
        self.action, self.turn = action, turn
        self.stopped = self.done = False
        self.pid = 0

    def run(self) -> Any:
        """What the action returns, or the exception with which it ended."""
        try:
            own: Any = connections["default"]
            own.ensure_connection()
            self.pid = own.connection.info.backend_pid
            commit = own._commit
            own._commit = lambda: self._stop_before(commit)
            with own.execute_wrapper(self._statement):
                self.stop()
                return self.action()
        except Exception as error:
            return error
        finally:
            connections.close_all()
            with self.turn:
                self.done = True
                self.turn.notify_all()

    def stop(self) -> None:
        """Waits to be told to go on."""
        with self.turn:
            self.stopped = True
            self.turn.notify_all()
            assert self.turn.wait_for(lambda: not self.stopped, PATIENCE)

    def go_on(self) -> None:
        """Up to the next stop."""
        with self.turn:
            self.stopped = False
            self.turn.notify_all()

    @property
    def is_busy(self) -> bool:
        """Whether it is between two stops."""
        return not (self.stopped or self.done)

    def _stop_before(self, commit: Action) -> Any:
        self.stop()
        return commit()

    def _statement(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.stop()
        return execute(*args)


def interleaved(seed: int, actions: Sequence[Action]) -> list[Any]:
    """What each action returned or raised, their statements told off as ``seed`` says."""
    chance, turn = Random(seed), Condition()
    hands = [Hand(action, turn) for action in actions]
    with ThreadPoolExecutor(len(hands)) as threads:
        results = [threads.submit(hand.run) for hand in hands]
        while not all(hand.done for hand in hands):
            _settle(hands, turn)
            if stopped := [hand for hand in hands if hand.stopped and not hand.done]:
                chance.choice(stopped).go_on()
        return [result.result() for result in results]


def _settle(hands: list[Hand], turn: Condition) -> None:
    """Waits until every hand has stopped, is done, or waits for a lock that another one holds."""
    with turn:
        while busy := [hand for hand in hands if hand.is_busy]:
            if len(busy) < len(hands) and _wait_for_locks(busy):
                return
            turn.wait(A_MOMENT)


def _wait_for_locks(hands: list[Hand]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [[hand.pid for hand in hands]])
        return bool(cursor.fetchone()[0] == len(hands))
