package check

import "lamsach/core/roster"

// memo remembers what the latest values of a column were found to mean: ethnic groups, years, notes and categories come
// again and again.
type memo[T any] [64]struct {
	value roster.Value
	found T
	known bool
}

// of gives what a value means, found out once.
func (m *memo[T]) of(value roster.Value, find func(roster.Value) T) T {
	place := &m[slot(value.Text)%uint(len(m))]
	if !place.known || place.value != value {
		place.value, place.found, place.known = value, find(value), true
	}
	return place.found
}

// slot spreads texts by their length and three of their bytes.
func slot(text string) uint {
	n := len(text)
	if n == 0 {
		return 0
	}
	return uint(n)*131 + uint(text[n-1])*31 + uint(text[n/2])*7 + uint(text[0])
}
