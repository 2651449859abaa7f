"""Runs the server until somebody stops it, and writes results while it runs."""

import threading
import webbrowser
from collections.abc import Callable

from pipeline.commands.review.served.desk import Desk
from pipeline.commands.review.served.server import ReviewServer
from pipeline.commands.terminal import print_message
from pipeline.errors import BesshiError

_PAUSE = 1.0
"""Seconds after a save until results are written; judgement: several saves follow each other."""


def serve(
    server: ReviewServer, desk: Desk, open_browser: bool, tell: Callable[[str], object]
) -> None:
    """Serve a desk until Ctrl-C or SIGTERM; then write what is not written yet.

    Args:
        server: Listens already.
        open_browser: Whether its first page is opened.
        tell: Called once with the address of the first page.
    """
    stopped = threading.Event()
    writing = threading.Thread(target=_write_results, args=(server, desk, stopped), daemon=True)
    writing.start()
    tell(server.address)
    if len(desk.annexes) == 1:  # its page comes first: read it while the browser starts
        threading.Thread(target=desk.open, args=desk.annexes, daemon=True).start()
    if open_browser:
        # In a thread: a browser of the terminal returns when it is left.
        threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
    try:
        server.serve_forever()
    finally:
        server.server_close()
        stopped.set()
        server.changed.set()
        writing.join()
        desk.close()


def _write_results(server: ReviewServer, desk: Desk, stopped: threading.Event) -> None:
    told, is_last = "", False
    while not is_last:
        server.changed.wait()
        stopped.wait(_PAUSE)
        server.changed.clear()
        is_last = stopped.is_set()  # asked before writing: what is saved meanwhile is written too
        for annex in desk.opened():
            try:
                annex.write()
            except (BesshiError, OSError) as error:
                if told != str(error):
                    print_message(f"besshi: warning: results are not written yet: {error}")
                told = str(error)
                server.changed.set()  # try again
