package sample

import (
	"strings"
	"testing"

	"lamsach/core/person"
	"lamsach/core/roster"
)

// readers ask the program what it sees in one cell.
func readers() map[string]func(roster.Cell) (fault, suggest string) {
	raw := func(c roster.Cell) person.Raw {
		return person.Raw{Text: c.Text, Numeric: c.Kind == roster.Number, Date: c.Kind == roster.Date}
	}
	number := func(c roster.Cell) (string, string) {
		r := person.ReadPersonalID(raw(c))
		return r.Fault, r.Suggest
	}
	parent := func(c roster.Cell) (string, string) {
		r := person.ReadParent(raw(c))
		return r.Fault, r.Suggest
	}
	return map[string]func(roster.Cell) (string, string){
		"personal_id": number, "father_id": number, "mother_id": number,
		"father_name": parent, "mother_name": parent, "guardian_name": parent,
		"full_name": func(c roster.Cell) (string, string) {
			r := person.ReadName(raw(c))
			return r.Fault, r.Suggest
		},
		"birth_date": func(c roster.Cell) (string, string) {
			r := person.ReadBirthDate(raw(c), asOf)
			return r.Fault, r.Suggest
		},
		"sex": func(c roster.Cell) (string, string) {
			r := person.ReadSex(raw(c))
			return r.Fault, r.Suggest
		},
		"ethnicity": func(c roster.Cell) (string, string) {
			r := person.ReadEthnicity(raw(c))
			return r.Fault, r.Suggest
		},
	}
}

// ofSeveralCells are faults that one cell alone does not show.
var ofSeveralCells = []string{"mismatch", "not_childs", "same_as_parent", "duplicate", "series", "unaccented", "over_age"}

// TestOneCellReadsAsPlanted: what is wrong in one cell is wrong by its code, the suggestion is the right value, and nothing is
// wrong in a cell of a clean row.
func TestOneCellReadsAsPlanted(t *testing.T) {
	read := readers()
	for seed := range uint64(4) {
		grid, truth := Make(Options{Layout: "plain", Rows: 1500, Seed: seed, FaultRate: 0.4, AsOf: asOf})
		rows := map[int]roster.GridRow{}
		for _, row := range grid.Sheets[0].Rows {
			rows[row.Number] = row
		}
		at := func(row int, field string) roster.Cell {
			letters := truth.Sheets["Sheet1"].Fields[field]
			return rows[row].Cells[strings.Index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", letters)].Cell
		}
		for _, e := range truth.Expect {
			field, code, _ := strings.Cut(e.Codes[0], ".")
			if read[field] == nil || e.Field != field || containsAny(code, ofSeveralCells) {
				continue
			}
			cell := at(e.Row, field)
			fault, suggest := read[field](cell)
			if fault != code {
				t.Errorf("seed %d: %q was planted as %s and reads %q", seed, cell.Text, e.Codes[0], fault)
			} else if e.Fix != nil && suggest != "" && suggest != *e.Fix {
				t.Errorf("seed %d: %s of %q is %q, suggested %q", seed, e.Codes[0], cell.Text, *e.Fix, suggest)
			}
		}
		for _, p := range truth.Clean {
			for field := range read {
				cell := at(p.Row, field)
				if fault, _ := read[field](cell); fault != person.Clean && cell.Text != "" {
					t.Errorf("seed %d: %s %q of a clean row reads %s", seed, field, cell.Text, fault)
				}
			}
		}
	}
}

func containsAny(code string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(code, part) {
			return true
		}
	}
	return false
}
