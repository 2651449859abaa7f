"""The scores of a program's outputs: those of `besshi evaluate`, GriTS-Con and the Brier score."""
