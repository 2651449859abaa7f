"""The pages of an annex as the sheets that its tables were made on."""
