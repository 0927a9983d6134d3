package chart

import (
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestFontsHaveEveryLetter(t *testing.T) {
	const letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYfjwzFJWZ" +
		"áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ" +
		"ÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ" +
		"ŭčƀñĭŬČÑĬ0123456789 .,:;%/–-…·“”()'’+−"
	all, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	var buffer sfnt.Buffer
	for i, f := range all {
		for _, r := range letters {
			if glyph, err := f.GlyphIndex(&buffer, r); err != nil || glyph == 0 {
				t.Errorf("font %d has no %q", i, r)
			}
		}
	}
}

func TestSharesAddUp(t *testing.T) {
	for _, c := range []struct {
		amounts []int
		length  int
	}{{[]int{1, 1, 1}, 100}, {[]int{1_000_000, 1}, 300}, {[]int{0, 7}, 50}, {[]int{5, -3, 5}, 50}, {[]int{1 << 40, 1 << 40}, 400}} {
		sum := 0
		for i, w := range shares(c.amounts, c.length) {
			if w < 0 || (w > 0) != (c.amounts[i] > 0) {
				t.Errorf("%v: part %d is %d dots", c.amounts, i, w)
			}
			sum += w
		}
		if sum != c.length {
			t.Errorf("%v: %d of %d dots", c.amounts, sum, c.length)
		}
	}
	if w := shares([]int{0, 0}, 50); w[0] != 0 || w[1] != 0 {
		t.Errorf("nothing takes %v", w)
	}
}
