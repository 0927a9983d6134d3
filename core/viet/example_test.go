package viet_test

import (
	"fmt"

	"lamsach/core/viet"
)

func ExampleFold() {
	fmt.Println(viet.Fold("  Mùa  Thị DỢ "), viet.Same("Đèo Văn Long", "deo van long"))
	// Output: mua thi do true
}

func ExampleFoldTone() {
	fmt.Println(viet.FoldTone("Nguyễn Thị Hòa") == viet.FoldTone("NGUYỄN THỊ HOÀ"), viet.FoldTone("Hòa") == viet.FoldTone("Hoa"))
	// Output: true false
}

func ExampleDisplayCase() {
	fmt.Println(viet.DisplayCase("LÒ VĂN A"), viet.DisplayCase("K'BRỂU"), viet.DisplayCase("H'HEN NIÊ"), viet.DisplayCase("BH'NƯỚCH"))
	// Output: Lò Văn A K'Brểu H'Hen Niê Bh'nướch
}

func ExampleFromTCVN3() {
	typed := "NguyÔn ThÞ H\u00ad¬ng"
	decoded := viet.FromTCVN3(typed)
	fmt.Println(decoded, viet.SyllableScore(typed) < 0.6, viet.SyllableScore(decoded) > 0.95)
	// Output: Nguyễn Thị Hương true true
}
