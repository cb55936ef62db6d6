"""From typed figures to all figures: sums, comparisons, rates, scores. Pure: no file, no clock."""
