"""Family `vertical`: 縦書き. Lines run downwards and follow each other to the left."""
