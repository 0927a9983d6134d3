package xls

import "lamsach/paper/cells"

// shared is a text that cells refer to by its number.
type shared struct {
	text string
	font cells.Font
}

// leastShared is how many bytes a shared text takes at least.
const leastShared = 3

// readShared reads the table of shared texts, which goes on over many records.
func (g *globals) readShared(rec record) error {
	if rec.len() < 8 || g.shared != nil {
		return cells.Damaged.Because("shared texts of %d bytes", rec.len())
	}
	count := int64(rec.u32(4))
	g.uses = int64(rec.u32(0))
	if count > int64(len(g.data)/leastShared) {
		return cells.Truncated.Because("%d shared texts in %d bytes", count, len(g.data))
	}
	if count > int64(g.limits.Cells) {
		return cells.ManyCells
	}
	c := cursorOf(rec, 8)
	g.shared = make([]shared, 0, count)
	var arena cells.Arena
	var scratch []byte
	kept := 0
	for range count {
		length, err := c.u16()
		if err != nil {
			return err
		}
		runs := fontRuns{g: g, first: length}
		if scratch, err = c.text(scratch[:0], length, runs.see); err != nil {
			return err
		}
		if kept += len(scratch); kept > g.limits.Strings {
			return cells.TooLarge.Because("over %d bytes of shared texts", g.limits.Strings)
		}
		g.shared = append(g.shared, shared{text: arena.Keep(scratch), font: runs.font()})
	}
	if rest := c.end - c.pos; rest > 0 {
		return cells.Damaged.Because("%d bytes behind the shared texts", rest)
	}
	return nil
}

// fontRuns gathers the fonts within a text.
type fontRuns struct {
	g     *globals
	first int // letter from which on a run names the font
	found cells.Font
}

func (r *fontRuns) see(from, font int) {
	r.first = min(r.first, from)
	r.found = max(r.found, r.g.font(font)) // an old encoding in one run outweighs Unicode in others
}

// font is what the runs betray; the cell's own where they leave letters to it.
func (r *fontRuns) font() cells.Font {
	if r.found == cells.UnicodeFont && r.first > 0 {
		return cells.InheritedFont
	}
	return r.found
}
