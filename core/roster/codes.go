package roster

import (
	"strings"

	"lamsach/core/viet"
)

// Limits of what is learnt of a column of codes.
const (
	codedShare  = 0.6  // of the column's cells are codes
	codesAgree  = 0.95 // of the people say the same of a code
	codesEnough = 3    // people who say something of it
)

// learnCodes finds out what 1, 0 and 2 mean in a column of sexes: the header says it, or the people's numbers and names do. A column of
// which nothing says it stays as it is, and is asked about.
func learnCodes(columns []Column, rows []SheetRow) {
	sex, number, name := -1, -1, -1
	for i, c := range columns {
		switch {
		case c.Field == Sex && c.Part == Whole:
			sex = i
		case c.Field == PersonalID:
			number = c.Index
		case c.Field == FullName && c.Part != GivenPart:
			name = c.Index
		}
	}
	if sex < 0 {
		return
	}
	c := &columns[sex]
	met := map[string]*[2]int{} // code → people who are male, female
	filled, coded := 0, 0
	for _, row := range rows {
		if c.Index >= len(row.Cells) || isBlank(&row.Cells[c.Index]) {
			continue
		}
		filled++
		code := strings.TrimSpace(row.Cells[c.Index].Text)
		if len(code) != 1 || code[0] < '0' || code[0] > '2' {
			continue
		}
		coded++
		if met[code] == nil {
			met[code] = &[2]int{}
		}
		if is := sexOf(cellAt(row, number), cellAt(row, name)); is >= 0 {
			met[code][is]++
		}
	}
	if coded < enough || float64(coded) < codedShare*float64(filled) {
		return
	}
	said := codesInHeader(c.Header)
	if said == nil {
		said = codesOfPeople(met)
	}
	if said == nil && met["2"] != nil && met["0"] == nil {
		said = &[2]string{"1", "2"} // as health insurance writes them
	}
	c.Codes = said
}

func cellAt(row SheetRow, index int) *Cell {
	if index < 0 || index >= len(row.Cells) {
		return &Cell{}
	}
	return &row.Cells[index]
}

// sexOf reads 0, male, or 1, female, off a number, else off the middle name; -1 when neither tells.
func sexOf(number, name *Cell) int {
	digits := strings.TrimSpace(number.Text)
	if n := len(digits); n == 12 || n == 11 && digits[0] != '0' {
		if _, others := count(digits); others == 0 {
			return int(digits[n-9]-'0') % 2
		}
	}
	text := " " + viet.Lower(viet.NFC(name.Decoded())) + " "
	switch {
	case strings.Contains(text, " thị "):
		return 1
	case strings.Contains(text, " văn "):
		return 0
	}
	return -1
}

// codesInHeader reads "Giới tính (1: Nam, 0: Nữ)", "Nam = 1, Nữ = 2", "Nữ (1)".
func codesInHeader(header string) *[2]string {
	var codes [2]string
	digit, which := "", -1
	for word := range strings.FieldsSeq(viet.Fold(headerKey(header))) {
		switch {
		case len(word) == 1 && word[0] >= '0' && word[0] <= '2':
			digit = word
		case word == "nam":
			which = 0
		case word == "nu":
			which = 1
		default:
			continue
		}
		if digit != "" && which >= 0 {
			codes[which] = digit
			digit, which = "", -1
		}
	}
	switch {
	case codes[0] != "" && codes[1] != "" && codes[0] != codes[1]:
		return &codes
	case codes[0] == "1" && codes[1] == "":
		return &[2]string{"1", "0"}
	case codes[1] == "1" && codes[0] == "":
		return &[2]string{"0", "1"}
	}
	return nil
}

// codesOfPeople takes what nearly all people with a code are. One code that is sure leaves the other sex to the other one.
func codesOfPeople(met map[string]*[2]int) *[2]string {
	var codes [2]string
	for _, code := range []string{"0", "1", "2"} {
		m := met[code]
		if m == nil || m[0]+m[1] < codesEnough {
			continue
		}
		for is := range 2 {
			if float64(m[is]) >= codesAgree*float64(m[0]+m[1])-0.5 {
				if codes[is] != "" {
					return nil
				}
				codes[is] = code
			}
		}
	}
	for is := range 2 {
		if codes[is] == "" && codes[1-is] != "" && len(met) == 2 {
			for code := range met {
				if code != codes[1-is] {
					codes[is] = code
				}
			}
		}
	}
	if codes[0] == "" || codes[1] == "" {
		return nil
	}
	return &codes
}

// sexValue reads the cell of a column of sexes, with its codes.
func sexValue(columns []Column, c *Cell) Value {
	for i := range columns {
		codes := columns[i].Codes
		if codes == nil || columns[i].Field != Sex {
			continue
		}
		switch strings.TrimSpace(c.Text) {
		case codes[0]:
			return Value{Kind: Text, Text: maleText}
		case codes[1]:
			return Value{Kind: Text, Text: femaleText}
		}
	}
	return c.value()
}

// sexCell writes a sex as the column does; was is the cell that stood there.
func (c *Column) sexCell(value string, was Cell) Cell {
	if c.Codes == nil {
		return cellOf(Sex, value)
	}
	kind := Number
	if was.Kind == Text {
		kind = Text
	}
	switch value {
	case maleText:
		return Cell{Kind: kind, Text: c.Codes[0]}
	case femaleText:
		return Cell{Kind: kind, Text: c.Codes[1]}
	}
	return cellOf(Sex, value)
}
