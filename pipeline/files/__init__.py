"""Where files are read and written: a folder here, or one on any file system of fsspec.

Every file is there whole or not at all. fsspec is known here only.
"""

from pipeline.files.addresses import absolute, below, is_remote, local_path, with_ending
from pipeline.files.cache_dir import cache_folder
from pipeline.files.folders import Folder, LocalFolder, RemoteFolder, open_folder
from pipeline.files.hashing import digest
from pipeline.files.listing import File, Listing, find_file, find_files, list_files, read_file

__all__ = [
    "File",
    "Folder",
    "Listing",
    "LocalFolder",
    "RemoteFolder",
    "absolute",
    "below",
    "cache_folder",
    "digest",
    "find_file",
    "find_files",
    "is_remote",
    "list_files",
    "local_path",
    "open_folder",
    "read_file",
    "with_ending",
]
