package viet_test

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lamsach/core/viet"
)

func FuzzTidyAndFold(f *testing.F) {
	for _, s := range []string{"Lò Văn A", " a\u00a0\u200b b ", "Tie\u0302\u0301n", "Ê\u0306", "H’Mông", "ǅ", "\xc3\xcc\x80", "ﬁ\u00ad", "a\u0301\u0323", "İ", "Ａｂ", "가\u1100"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) && (viet.NFC(s) != norm.NFC.String(s) || viet.IsNFC(s) != norm.NFC.IsNormalString(s)) {
			t.Fatalf("NFC of %q = %q", s, viet.NFC(s))
		}
		for name, change := range map[string]func(string) string{"Squeeze": viet.Squeeze, "Tidy": viet.Tidy, "Fold": viet.Fold, "DisplayCase": viet.DisplayCase, "FoldTone": viet.FoldTone} {
			once := change(s)
			if twice := change(once); twice != once {
				t.Fatalf("%s of %q = %q, and again %q", name, s, once, twice)
			}
			if name != "DisplayCase" && utf8.ValidString(s) != utf8.ValidString(once) && !utf8.ValidString(once) {
				t.Fatalf("%s of %q is no UTF-8", name, s)
			}
		}
		if viet.IsDisplayCase(s) != (viet.DisplayCase(s) == s) {
			t.Fatalf("IsDisplayCase(%q) disagrees with DisplayCase", s)
		}
		if !viet.Same(s, viet.Fold(s)) {
			t.Fatalf("%q is not the same as its fold %q", s, viet.Fold(s))
		}
		if score := viet.SyllableScore(s); score < 0 || score > 1 {
			t.Fatalf("score of %q is %v", s, score)
		}
		viet.FromTCVN3(s)
		viet.FromVNI(s)
		if fixed, changed := viet.FixLookAlikes(s); changed == (fixed == s) {
			t.Fatalf("FixLookAlikes(%q) = %q, %v", s, fixed, changed)
		}
	})
}
