"""The project's own annexes: how one comes in, who vouches for its truth, whether it still holds.

`project` says where everything is; each verb of `besshi annex` is a module.
"""
