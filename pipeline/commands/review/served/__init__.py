"""The review on a local server: what a person puts right is saved, and shown at once.

In: a run's folder, and what a browser on this machine asks for. Out: files of corrections, results
made anew, and truths. It must not know how a record is made. `server` is the only module that knows
HTTP, `annex_desk` holds one annex in memory.
"""
