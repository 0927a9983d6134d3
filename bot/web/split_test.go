package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lamsach/bot"
)

func TestSplitLosesNothing(t *testing.T) {
	span := rapid.Custom(func(rt *rapid.T) bot.Span {
		return bot.Span{Text: rapid.StringOf(rapid.SampledFrom([]rune("aễ😀 "))).Draw(rt, "text"), Style: rapid.SampledFrom([]bot.Style{bot.Plain, bot.Mono}).Draw(rt, "style")}
	})
	rapid.Check(t, func(rt *rapid.T) {
		text := bot.Text(rapid.SliceOfN(rapid.Map(rapid.SliceOfN(span, 0, 3), func(s []bot.Span) bot.Line { return s }), 0, 12).Draw(rt, "text"))
		limit := rapid.IntRange(2, 40).Draw(rt, "limit")
		parts := split(text, limit)
		var joined strings.Builder
		whole := true
		for i, part := range parts {
			if n := length(part); n > limit {
				rt.Fatalf("part %d has %d units", i, n)
			}
			if i > 0 {
				joined.WriteString("\n")
			}
			joined.WriteString(flat(part))
		}
		for _, line := range text {
			whole = whole && units(line) <= limit
		}
		got, want := joined.String(), flat(text)
		if !whole { // cut lines gain line ends
			got, want = strings.ReplaceAll(got, "\n", ""), strings.ReplaceAll(want, "\n", "")
		}
		if got != want {
			rt.Fatalf("%q became %q", want, got)
		}
	})
}

func TestSplitAtTheBorder(t *testing.T) {
	for n, want := range map[int]int{0: 1, maxText - 1: 1, maxText: 1, maxText + 1: 2, 2*maxText + 1: 3} {
		if got := len(split(line(strings.Repeat("x", n)), maxText)); got != want {
			t.Errorf("%d units make %d parts", n, got)
		}
	}
}

func length(text bot.Text) int {
	n := max(0, len(text)-1)
	for _, line := range text {
		n += units(line)
	}
	return n
}

// flat is a text without styles.
func flat(text bot.Text) string {
	var lines []string
	for _, line := range text {
		var b strings.Builder
		for _, span := range line {
			b.WriteString(span.Text)
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}
