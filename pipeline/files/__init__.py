"""Reads and writes files: on this machine, or on any file system that fsspec knows.

In: addresses and bytes. Out: files that are there completely or not at all. It is the only package
that knows fsspec, and it must not know what the files mean to a run.
"""

from pipeline.files.addresses import absolute, is_below, is_remote, local_path, with_suffix
from pipeline.files.folders import Folder, LocalFolder, RemoteFolder, cache_folder, open_folder
from pipeline.files.hashing import digest
from pipeline.files.listing import File, Listing, find_files, list_files, look_up_file, read_file
from pipeline.files.web import is_web, web_stem
