"""besshi and other tools on the same annexes: `make compare`."""
