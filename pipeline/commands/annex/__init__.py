"""`besshi annex`: adds annexes to the project, and keeps the records that people have accepted.

In: PDFs, and truth files that a person has checked. Out: drafts of truths, and the differences
between what was accepted and what is read now. It must not know how records are made. `project`
says where everything is; each verb is a module.
"""
