"""From figures to words: which sentence, in which case. The words stand in the pack."""
