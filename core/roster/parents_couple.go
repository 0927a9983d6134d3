package roster

import (
	"regexp"
	"strings"

	"lamsach/core/viet"
)

// couples are the ways to write "ông … bà …", the surest first: Bà and Và are given names too, so the first "bà" in the cell need not
// be the word before the mother's name.
var (
	couples = []*regexp.Regexp{
		coupleOf(`ông\s+|ô\s?[.:]\s*`, `[\s,;–-]+và\s+(?:con\s+)?(?:bà\s+|b\s?[.:]\s*)`),
		coupleOf(`ông\s+|ô\s?[.:]\s*`, `(?:\s*[,;–]|\s-|-\s)\s*(?:con\s+)?(?:bà\s+|b\s?[.:]\s*)`),
		coupleOf(`ông\s+|ô\s?[.:]\s*`, `[\s,;–-]+(?:con\s+)?(?-i:bà)\s+`),
		coupleOf(`ông\s+|ô\s?[.:]\s*`, `[\s,;–-]+(?:con\s+)?(?:bà\s+|b\s?[.:]\s*)`),
	}
	// plainCouples do so in cells without marks, where "Ong" and "Ba" are more names still.
	plainCouples = []*regexp.Regexp{
		coupleOf(`ong\s+|o\s?[.:]\s*`, `[\s,;-]+va\s+(?:con\s+)?(?:ba\s+|b\s?[.:]\s*)`),
		coupleOf(`ong\s+|o\s?[.:]\s*`, `(?:\s*[,;–]|\s-|-\s)\s*(?:con\s+)?(?:ba\s+|b\s?[.:]\s*)`),
		coupleOf(`ong\s+|o\s?[.:]\s*`, `\s+(?:con\s+)?(?-i:ba)\s+`),
	}
)

func coupleOf(father, mother string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:con\s+|vợ chồng\s+|vo chong\s+|gia đình\s+|gia dinh\s+)*(?:` + father + `)(.+?)` + mother + `(.+)$`)
}

// couple reads "ông … bà …".
func couple(text string) (father, mother string, ok bool) {
	forms := couples
	if !viet.HasMarks(text) {
		forms = plainCouples
	}
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range forms {
		m := form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		switch first, _, _ := strings.Cut(viet.Lower(m[2]), " "); first {
		case "nội", "ngoại", "noi", "ngoai": // a grandmother
			continue
		}
		return m[1], m[2], true
	}
	return "", "", false
}
