package roster

import "strings"

// ticked reports whether a cell under Nam or Nữ says yes: any mark, date or word but the signs for no.
func ticked(c *Cell) bool {
	switch t := strings.ToLower(c.text()); t {
	case "", "0", "-", "–", ".", "không", "ko", "false":
		return false
	default:
		if isEmptyBox(t) {
			return false
		}
	}
	return c.Kind != Fault && c.Kind != Uncomputed
}

// isTick reports whether a text is a mark that says yes.
func isTick(text string) bool {
	switch text {
	case "x", "X", "v", "V", "✓", "✔", "+", "1", "☑", "☒", "✗", "✘":
		return true
	}
	return false
}

// isEmptyBox reports whether a text is a box that nobody has ticked.
func isEmptyBox(text string) bool {
	switch text {
	case "☐", "□", "▢", "◻", "⬜", "❏", "❑":
		return true
	}
	return false
}

// isCheck and isCross tell the marks apart that mean yes and no where both stand side by side; alone, a cross is a mark as well.
func isCheck(text string) bool { return text == "✓" || text == "✔" || text == "☑" }

func isCross(text string) bool { return text == "✗" || text == "✘" }
