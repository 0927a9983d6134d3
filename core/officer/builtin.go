package officer

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"time"

	"lamsach/core/civil"
)

// Country is the code of the unit at the top of the built-in tree.
const Country = "VN"

// OldProvince gives the code, in the built-in tree, of a province of before 1 July 2025 from its two digits of then: the numbers
// of seven of them belong to other provinces now.
func OldProvince(code string) string { return code + "-2024" }

//go:embed data/country.csv data/provinces_2025.csv data/communes_2026.csv data/id_province_codes.csv
var files embed.FS

// twoLevels is the first day without districts and with 34 provinces.
var twoLevels = civil.Date{Year: 2025, Month: time.July, Day: 1}

var builtin = sync.OnceValue(func() *Tree {
	tree, err := readBuiltin()
	if err != nil {
		panic(err) // the data are part of the program; a test reads them
	}
	return tree
})

// Builtin is the tree of Vietnam: the country, the 34 provinces and 3,321 communes that exist since 1 July 2025, and the 63
// provinces of before as their predecessors. Districts and communes of before, and hamlets, are added by the deployment.
func Builtin() *Tree { return builtin() }

func readBuiltin() (*Tree, error) {
	var units []Unit
	old := map[string]string{}
	err := rows("country.csv", func(row []string) {
		units = append(units, Unit{Code: row[0], Name: row[1], Level: LevelCountry})
	})
	if err != nil {
		return nil, err
	}
	err = rows("id_province_codes.csv", func(row []string) {
		code := OldProvince(strings.TrimPrefix(row[0], "0"))
		old[row[1]] = code
		units = append(units, Unit{Code: code, Name: row[1], Level: LevelProvince, Parent: Country, ValidTo: twoLevels.AddDays(-1)})
	})
	if err != nil {
		return nil, err
	}
	err = rows("provinces_2025.csv", func(row []string) {
		u := Unit{Code: row[0], Name: row[1], Kind: row[2], Level: LevelProvince, Parent: Country, ValidFrom: twoLevels}
		for name := range strings.SplitSeq(row[3], ";") {
			u.Predecessors = append(u.Predecessors, old[name])
		}
		units = append(units, u)
	})
	if err != nil {
		return nil, err
	}
	err = rows("communes_2026.csv", func(row []string) {
		units = append(units, Unit{Code: row[0], Name: row[1], Kind: row[2], Level: LevelCommune, Parent: row[3], ValidFrom: twoLevels})
	})
	if err != nil {
		return nil, err
	}
	return NewTree(units...)
}

// rows hands the rows of an embedded table over, without its header.
func rows(name string, take func(row []string)) error {
	file, err := files.Open("data/" + name)
	if err != nil {
		return fmt.Errorf("officer: %w", err)
	}
	table, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("officer: %s: %w", name, err)
	}
	for _, row := range table[1:] {
		take(row)
	}
	return nil
}
