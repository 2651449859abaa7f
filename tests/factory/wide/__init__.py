"""Family `wide`: comment tables in layouts that nobody prepared for, and their surroundings."""
