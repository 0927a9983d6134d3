package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/sample"
)

// sampleCommand writes a made-up list and its truth.
type sampleCommand struct {
	Out    string   `arg:"" name:"out" type:"path" help:"The workbook to write (.xlsx); the truth goes beside it (.truth.json)."`
	Layout string   `name:"layout" default:"plain" help:"Form of the list: see the error for an unknown one."`
	Kind   string   `name:"kind" enum:",child,beneficiary" default:"" help:"Kind of list: child or beneficiary; default what the layout is for."`
	Rows   int      `name:"rows" default:"300" help:"People on the list."`
	Seed   uint64   `name:"seed" default:"1" help:"Another seed, other people."`
	Faults float64  `name:"faults" default:"0.2" help:"Share of rows with a planted fault, 0 to 0.6."`
	Only   []string `name:"only" help:"Plant these finding codes only."`
	AsOf   string   `name:"as-of" placeholder:"YYYY-MM-DD" help:"The day on which the list is looked at; default today."`
}

// Run writes both files.
func (c sampleCommand) Run(w world) error {
	asOf, err := checkCommand{AsOf: c.AsOf}.asOf(w)
	if err != nil {
		return err
	}
	return c.write(asOf)
}

func (c sampleCommand) write(asOf civil.Date) error {
	body, truth, err := sampleFile(sample.Options{
		Layout: c.Layout, Kind: c.Kind, Rows: c.Rows, Seed: c.Seed, FaultRate: c.Faults, Only: c.Only, AsOf: asOf,
	})
	if err != nil {
		return err
	}
	truth.File = filepath.Base(c.Out)
	told, err := json.MarshalIndent(truth, "", " ")
	if err != nil {
		return fmt.Errorf("truth: %w", err)
	}
	if err := os.WriteFile(c.Out, body, 0o600); err != nil {
		return err
	}
	beside := strings.TrimSuffix(c.Out, filepath.Ext(c.Out)) + ".truth.json"
	return os.WriteFile(beside, told, 0o600)
}
