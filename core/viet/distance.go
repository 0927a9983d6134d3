package viet

import "github.com/agnivade/levenshtein"

// Distance gives the number of letters to insert, remove or replace to make a from b. It counts letters, not bytes;
// fold both first when marks should not count.
func Distance(a, b string) int { return levenshtein.ComputeDistance(a, b) }
