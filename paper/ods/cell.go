package ods

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"lamsach/core/roster"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
)

// raw is a cell as it stands in the sheet. The attributes stay as they are until they are needed.
type raw struct {
	kind     string // office:value-type
	value    []byte // of the kind
	said     []byte // office:string-value
	style    string
	repeated int
	formula  bool
	isFault  bool
}

// The kinds of value.
const (
	kindText       = "string"
	kindFloat      = "float"
	kindPercentage = "percentage"
	kindCurrency   = "currency"
	kindDate       = "date"
	kindTime       = "time"
	kindBool       = "boolean"
)

// kindOf gives one of the constants without an allocation; "" for none of them.
func kindOf(kind []byte) string {
	for _, known := range []string{kindText, kindFloat, kindDate, kindBool, kindPercentage, kindCurrency, kindTime} {
		if string(kind) == known {
			return known
		}
	}
	return ""
}

// attributes reads the start tag of a cell. The values are copied: the scanner's window moves on.
func (r *reader) attributes() (raw, error) {
	cell := raw{repeated: 1}
	var trouble error
	r.text.value, r.text.said = r.text.value[:0], r.text.said[:0]
	r.Attrs(func(name, value []byte) {
		switch string(name) {
		case "office:value-type":
			cell.kind = kindOf(value)
		case "office:value", "office:date-value", "office:time-value", "office:boolean-value":
			r.text.value = append(r.text.value, value...)
			cell.value = r.text.value
		case "office:string-value":
			if r.text.said, trouble = markup.AppendText(r.text.said, value, false); trouble == nil {
				cell.said = r.text.said
			}
		case "table:style-name":
			cell.style = r.arena.Keep(value)
		case "table:number-columns-repeated":
			if n, err := times(value); err != nil {
				trouble = err
			} else {
				cell.repeated = n
			}
		case "table:formula":
			cell.formula = true
		case "calcext:value-type":
			cell.isFault = string(value) == "error"
		}
	})
	return cell, trouble
}

// readCell reads a cell and gives how many columns it takes.
func (r *reader) readCell(column int) (int, error) {
	cell, err := r.attributes()
	if err != nil {
		return 0, err
	}
	if r.survey {
		one := roster.Cell{}
		if cell.kind != "" || cell.formula {
			one.Kind = roster.Uncomputed
		}
		if err := r.Skip(); err != nil {
			return 0, err
		}
		return cell.repeated, r.lines.Put(column, cell.repeated, one)
	}
	if err := r.readText(); err != nil {
		return 0, err
	}
	one, err := r.interpret(cell)
	if err != nil {
		return 0, err
	}
	if one.Kind == roster.Text {
		one.Legacy = r.font(cell, column).Legacy()
	}
	return cell.repeated, r.lines.Put(column, cell.repeated, one)
}

// font is that of the cell's text: of the words in it, of the cell, of its row or column, of all cells.
func (r *reader) font(cell raw, column int) cells.Font {
	font := r.text.font()
	if font == cells.InheritedFont && cell.style != "" {
		font = r.styles().font(ofCells, cell.style)
	}
	if font == cells.InheritedFont && cell.style == "" {
		font = r.columnFont(column)
	}
	return font.Or(r.styles().font(ofCells, ""))
}

// interpret says what a cell holds.
func (r *reader) interpret(cell raw) (roster.Cell, error) {
	shown := r.text.letters
	if len(shown) == 0 {
		shown = cell.said
	}
	if cell.isFault || cell.formula && faultWord(shown) {
		return roster.Cell{Text: r.arena.Keep(shown), Kind: roster.Fault}, nil
	}
	switch cell.kind {
	case kindFloat, kindPercentage, kindCurrency:
		return r.number(cell.value)
	case kindDate:
		if day, ok := isoDay(cell.value); ok {
			return roster.Cell{Text: r.arena.Keep(day), Kind: roster.Date}, nil
		}
	case kindTime:
		if f, ok := duration(string(cell.value)); ok {
			return r.numbers.Cell(f, false)
		}
	case kindBool:
		if string(cell.value) == "true" {
			return roster.Cell{Text: "1", Kind: roster.Bool}, nil
		}
		return roster.Cell{Text: "0", Kind: roster.Bool}, nil
	case kindText:
		if len(cell.said) > 0 {
			shown = cell.said
		}
	default:
		if cell.formula && r.text.paragraphs == 0 {
			return roster.Cell{Kind: roster.Uncomputed}, nil
		}
	}
	if len(shown) == 0 {
		return roster.Cell{}, nil
	}
	return roster.Cell{Text: r.arena.Keep(shown), Kind: roster.Text}, nil
}

// faultWord reports whether the result that a formula shows is an error.
func faultWord(shown []byte) bool {
	switch string(shown) {
	case "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A":
		return true
	}
	return bytes.HasPrefix(shown, []byte("Err:"))
}

// exactDigits is how many decimal digits a stored number always keeps.
const exactDigits = 15

// number reads a number; most are whole and stand for themselves.
func (r *reader) number(value []byte) (roster.Cell, error) {
	if wholeNumber(value) {
		return roster.Cell{Text: r.arena.Keep(value), Kind: roster.Number}, nil
	}
	if len(value) == 0 || len(bytes.Trim(value, "+-.0123456789eE")) > 0 {
		return roster.Cell{}, cells.Digits.Because("%d bytes", len(value))
	}
	f, err := strconv.ParseFloat(string(value), 64)
	if err != nil {
		return roster.Cell{}, cells.Digits.Because("cannot be parsed")
	}
	return r.numbers.Cell(f, false)
}

func wholeNumber(value []byte) bool {
	if len(value) == 0 || len(value) > exactDigits || value[0] == '0' && len(value) > 1 {
		return false
	}
	for _, c := range value {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// isoDay brings a stored day into the form of a Date cell: no zone, no fractions, no midnight.
func isoDay(value []byte) ([]byte, bool) {
	if len(value) == 10 && plainDay(value) {
		return value, true
	}
	text := strings.TrimSuffix(string(value), "Z")
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04"} {
		at, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		at = at.Round(time.Second)
		if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
			return []byte(at.Format("2006-01-02")), true
		}
		return []byte(at.Format("2006-01-02T15:04:05")), true
	}
	return nil, false
}

// plainDay reports whether a text of ten letters is a day that every month has.
func plainDay(value []byte) bool {
	for i, c := range value {
		if i == 4 || i == 7 {
			if c != '-' {
				return false
			}
		} else if c < '0' || c > '9' {
			return false
		}
	}
	month, day := int(value[5]-'0')*10+int(value[6]-'0'), int(value[8]-'0')*10+int(value[9]-'0')
	return month >= 1 && month <= 12 && day >= 1 && day <= 28
}

// duration reads a time of day, such as PT10H30M00S, as the part of a day that it is.
func duration(value string) (float64, bool) {
	rest, ok := strings.CutPrefix(value, "PT")
	if !ok {
		return 0, false
	}
	seconds := 0.0
	for _, unit := range []struct {
		mark    string
		seconds float64
	}{{"H", 3600}, {"M", 60}, {"S", 1}} {
		digits, after, found := strings.Cut(rest, unit.mark)
		if !found {
			continue
		}
		n, err := strconv.ParseFloat(strings.Replace(digits, ",", ".", 1), 64)
		if err != nil {
			return 0, false
		}
		seconds += n * unit.seconds
		rest = after
	}
	return seconds / (24 * 60 * 60), rest == ""
}
