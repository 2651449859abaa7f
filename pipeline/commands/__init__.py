"""What people call: the command line, and one package for each command that is more than a call.

In: arguments and folders. Out: messages, files and pages for people. It decides nothing about
records.
"""
