package sample

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/roster"
	"lamsach/core/viet"
)

func nameFaults() []fault {
	name := func(what string, w write) fault { return says(roster.FullName, what, nil, w) }
	inOne := showsWhole(roster.FullName)
	return []fault{
		name("missing", missingName),
		name("malformed", func(m *maker, _ *entry, now string) (roster.Cell, string) {
			return text(now + pick(m.r, []string{"1", "2", "0", "#", "/"})), ""
		}),
		says(roster.FullName, "malformed", inOne, func(m *maker, e *entry, now string) (roster.Cell, string) {
			year := isoDayFirst(e.child.born.String())[6:]
			return text(pick(m.r, []string{now + " (" + year + ")", now + " " + year, "3. " + now, now + " (Tý)"})), now
		}),
		name("single_word", func(_ *maker, e *entry, now string) (roster.Cell, string) {
			if !plainName(e) || viet.Fold(lastWord(now)) == "chua" { // alone it could be "chưa", not yet
				return text(now), ""
			}
			return text(lastWord(now)), ""
		}),
		says(roster.FullName, "malformed", inOne, func(m *maker, e *entry, now string) (roster.Cell, string) {
			other := m.names.full(m.r, e.child.home.people.key, true, now[:strings.IndexByte(now+" ", ' ')])
			return text(now + pick(m.r, []string{", ", " và ", " - ", "; ", "/", "\n"}) + other), ""
		}),
		{code: "full_name.encoding", needs: inOne, plant: telexName},
		name("untidy", untidyName),
		name("untidy", loudName),
		name("look_alike", lookAlikeName),
		name("unaccented", func(_ *maker, _ *entry, now string) (roster.Cell, string) {
			// Thi and Van are never right; other words may be: Khang and Mua are families too.
			if !strings.Contains(now, " Thị ") && !strings.Contains(now, " Văn ") {
				return text(now), ""
			}
			return text(unmarked(now)), ""
		}),
		says(roster.FullName, "encoding", inOne, func(_ *maker, _ *entry, now string) (roster.Cell, string) {
			// Some names still look like names in the old code (Tẩn is TÈn there): nobody could tell.
			if coded := inTCVN3(now); viet.SyllableScore(coded) < 0.6 && viet.SyllableScore(now) == 1 {
				return text(coded), now
			}
			return text(now), ""
		}),
	}
}

// missingName leaves the cell empty, or fills it with what is written before a child is named.
func missingName(m *maker, e *entry, _ string) (roster.Cell, string) {
	fillers := []string{"", ""}
	if m.layout.whole(roster.FullName) {
		fillers = append(fillers, "chưa đặt tên", "bé gái", "bé trai")
		if e.child.home.mother != nil {
			fillers = append(fillers, "con bà "+e.child.home.mother.name)
		}
	}
	return text(pick(m.r, fillers)), ""
}

// telexName leaves the keys in a name that should have become marks, as when the keyboard program was off.
func telexName(m *maker, e *entry) bool {
	now := e.says[roster.FullName].Text
	if !plainName(e) || viet.SyllableScore(now) < 1 {
		return false
	}
	typed := inTelex(now)
	if viet.SyllableScore(typed) == 1 {
		return false // Hoang or Thanh: nobody could tell
	}
	return m.put(e, roster.FullName, text(typed), "encoding", now, "full_name.malformed")
}

// inTelex writes a name as its keys: Nguyễn is Nguyeexn, Đức is DDuwsc… with the tone behind the vowels.
func inTelex(name string) string {
	tones := map[rune]string{0x300: "f", 0x301: "s", 0x309: "r", 0x303: "x", 0x323: "j"}
	var out []string
	for _, word := range strings.Fields(strings.NewReplacer("oo", "ooo", "oò", "oòo").Replace(name)) {
		var typed strings.Builder
		tone, last := "", rune(0)
		for _, r := range norm.NFD.String(word) {
			switch {
			case r == 0x302:
				typed.WriteRune(unicode.ToLower(last))
			case r == 0x306 || r == 0x31B:
				typed.WriteByte('w')
			case tones[r] != "":
				tone = tones[r]
			default:
				typed.WriteRune(r)
				last = r
			}
		}
		out = append(out, strings.NewReplacer("đ", "dd", "Đ", "DD").Replace(typed.String())+tone)
	}
	return strings.Join(out, " ")
}

// plainName reports whether a name is made of family name, middle and given name, as most are.
func plainName(e *entry) bool {
	return slices.Contains([]string{"kinh", "thai", "mong", "muong", "dao", "kho_mu"}, e.child.home.people.key)
}

func untidyName(m *maker, _ *entry, now string) (roster.Cell, string) {
	untidy := []string{norm.NFD.String(now), now + "\u200b"}
	if m.layout.whole(roster.FullName) { // in two columns the blank between them would be lost
		untidy = append(untidy, strings.Replace(now, " ", "  ", 1), " "+now, now+" ", strings.Replace(now, " ", "\u00a0", 1))
	}
	return text(pick(m.r, untidy)), now
}

// loudName writes all in capitals or all small. Names such as H'Hen Niê keep a capital inside a word and are left alone.
func loudName(m *maker, e *entry, now string) (roster.Cell, string) {
	if !plainName(e) {
		return text(now), ""
	}
	return text(pick(m.r, []func(string) string{strings.ToUpper, strings.ToLower})(now)), now
}

// lookAlikeName replaces a letter by one of another alphabet that looks the same.
func lookAlikeName(m *maker, _ *entry, now string) (roster.Cell, string) {
	pairs := []string{"Đ", "Ð", "đ", "ð", "a", "а", "o", "о", "c", "с", "e", "е", "p", "р"}
	at := m.r.IntN(len(pairs)/2) * 2
	return text(strings.Replace(now, pairs[at], pairs[at+1], 1)), now
}

// unmarked takes the marks off and keeps capitals.
func unmarked(name string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(name))
	return strings.NewReplacer("đ", "d", "Đ", "D").Replace(bare)
}
