"""The command line, and a package for each command that is more than a single call.

In: arguments and folders. Out: messages, files and pages for people. It must not decide anything
about records.
"""
