package viet

import (
	"strings"
)

// lookAlikes maps letters that are typed, or read from a scan, in place of Vietnamese ones: eth and the African D for
// Đ, and the Cyrillic and Greek letters that share their shape with Latin ones.
var lookAlikes = lookAlikeTable(
	"ÐĐ ðđ ƉĐ ɖđ " +
		"АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT ХX УY ҮY аa еe ѕs іi јj оo рp сc хx уy үy һh ԁd ԛq ԝw ɡg ѵv " +
		"ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo αa νv ιi κk ρp τt υu γy")

func lookAlikeTable(pairs string) map[rune]rune {
	table := make(map[rune]rune)
	for _, pair := range strings.Fields(pairs) {
		runes := []rune(pair)
		table[runes[0]] = runes[1]
	}
	return table
}

// FixLookAlikes gives s with Vietnamese letters in place of those that only look like them, full-width forms
// included, and whether anything was replaced. Marks that stood on a replaced letter are composed with the new one.
func FixLookAlikes(s string) (string, bool) {
	if !mayLookAlike(s) {
		return s, false
	}
	var b strings.Builder
	changed := false
	for _, r := range s {
		to, ok := lookAlikes[r]
		if !ok && r >= fullWidth0 && r <= fullWidthZ {
			to, ok = r-fullWidth0+'!', true
		}
		if ok {
			r, changed = to, true
		}
		b.WriteRune(r)
	}
	if !changed {
		return s, false
	}
	return NFC(b.String()), true
}

// mayLookAlike tests lead bytes: U+00D0 and U+00F0, and everything beyond Latin except Vietnamese.
func mayLookAlike(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 0xC3 {
			continue
		}
		switch {
		case c == 0xC3:
			if i+1 < len(s) && (s[i+1] == 0x90 || s[i+1] == 0xB0) {
				return true
			}
		case c == 0xC6 || c == 0xC9 || c >= 0xCE && c != 0xE1:
			return true
		}
	}
	return false
}
