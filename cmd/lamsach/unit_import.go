package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"lamsach/core/civil"
	"lamsach/core/officer"
)

type unitImportCommand struct {
	storeConfig
	File string `arg:"" type:"existingfile" help:"CSV with the header code,name,kind,level,parent,valid_from,valid_to,predecessors; or a YAML or JSON list of the same fields."`
}

// Run takes the units over, all or none; one that is there stands as the file says.
func (c unitImportCommand) Run(w world) error {
	body, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	rows, err := readUnits(filepath.Ext(c.File), body)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(c.File), err)
	}
	units := make([]officer.Unit, len(rows))
	for i, row := range rows {
		if units[i], err = row.unit(); err != nil {
			return fmt.Errorf("%s: unit %d: %w", filepath.Base(c.File), i+1, err)
		}
	}
	return changeUnits(w, c.storeConfig, "unit.imported", func(*officer.Tree, civil.Date) ([]officer.Unit, error) { return units, nil },
		func() string { return filepath.Base(c.File) })
}

// unitRow is a unit as files have it: all in words.
type unitRow struct {
	Code         string   `yaml:"code"`
	Name         string   `yaml:"name"`
	Kind         string   `yaml:"kind"`
	Level        string   `yaml:"level"`
	Parent       string   `yaml:"parent"`
	ValidFrom    string   `yaml:"valid_from"`
	ValidTo      string   `yaml:"valid_to"`
	Predecessors []string `yaml:"predecessors"`
}

func (r unitRow) unit() (officer.Unit, error) {
	u := officer.Unit{Code: r.Code, Name: r.Name, Kind: r.Kind, Parent: r.Parent, Predecessors: r.Predecessors}
	if err := u.Level.UnmarshalText([]byte(r.Level)); err != nil {
		return u, err
	}
	var err error
	if u.ValidFrom, err = day("valid_from", r.ValidFrom); err != nil {
		return u, err
	}
	u.ValidTo, err = day("valid_to", r.ValidTo)
	return u, err
}

// readUnits reads a file by its extension.
func readUnits(extension string, body []byte) ([]unitRow, error) {
	switch strings.ToLower(extension) {
	case ".yaml", ".yml", ".json": // JSON is YAML
		var rows []unitRow
		in := yaml.NewDecoder(bytes.NewReader(body))
		in.KnownFields(true)
		if err := in.Decode(&rows); err != nil && err != io.EOF {
			return nil, err
		}
		return rows, nil
	case ".csv":
		return readUnitsCSV(body)
	}
	return nil, fmt.Errorf("units come as .csv, .yaml or .json")
}

func readUnitsCSV(body []byte) ([]unitRow, error) {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	header, err := in.Read()
	if err != nil {
		return nil, err
	}
	var rows []unitRow
	for {
		record, err := in.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		var row unitRow
		into := map[string]*string{
			"code": &row.Code, "name": &row.Name, "kind": &row.Kind, "level": &row.Level, "parent": &row.Parent,
			"valid_from": &row.ValidFrom, "valid_to": &row.ValidTo,
		}
		for i, column := range header {
			switch field, known := into[strings.TrimSpace(column)]; {
			case known:
				*field = strings.TrimSpace(record[i])
			case strings.TrimSpace(column) == "predecessors":
				row.Predecessors = strings.FieldsFunc(record[i], func(r rune) bool { return r == ';' || r == ' ' })
			default:
				return nil, fmt.Errorf("there is no field %q", column)
			}
		}
		rows = append(rows, row)
	}
}
