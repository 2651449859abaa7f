"""Annexes whose texts somebody wrote; the factory only lays them out."""
