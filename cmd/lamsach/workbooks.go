package main

import (
	"context"
	"errors"
	"io"

	"lamsach/core/report"
	"lamsach/core/roster"
	"lamsach/paper"
	"lamsach/paper/cage"
	"lamsach/paper/cells"
	"lamsach/paper/csv"
	"lamsach/paper/docx"
	"lamsach/paper/html"
	"lamsach/paper/ods"
	"lamsach/paper/xls"
	"lamsach/paper/xlsx"
)

// workbooks joins the handlers to the files: reading by content, and the patched copy.
type workbooks struct {
	cage *cage.Cage // nil: files are read in this process, as the command line does with its caller's own files
}

// Read opens a file of any kind that is read, and refuses every other with a sentence that names it. Strangers' files are
// read in a child process.
func (b workbooks) Read(ctx context.Context, r io.ReaderAt, size int64) (roster.Book, error) {
	if b.cage != nil {
		return b.cage.Read(ctx, r, size)
	}
	return openBook(r, size)
}

// openBook opens a file by what is in it, whatever its name says.
func openBook(r io.ReaderAt, size int64) (roster.Book, error) {
	format, err := paper.Sniff(r, size)
	if err != nil {
		return roster.Book{}, err
	}
	if refusal := paper.Refusal(format); refusal != nil {
		return roster.Book{}, refusal
	}
	switch format {
	case paper.XLS:
		return xls.Open(r, size, cells.DefaultLimits())
	case paper.ODS:
		return ods.Open(r, size, cells.DefaultLimits())
	case paper.CSV:
		return csv.Open(r, size, cells.DefaultLimits())
	case paper.HTML:
		return html.Open(r, size, cells.DefaultLimits())
	case paper.XML2003:
		return html.OpenSpreadsheet(r, size, cells.DefaultLimits())
	case paper.DOCX:
		return docx.Open(r, size, cells.DefaultLimits())
	}
	book, err := xlsx.Open(r, size, cells.DefaultLimits())
	if err != nil {
		return roster.Book{}, err
	}
	return book.Roster(), nil
}

// marks of the plan, as the workbook writer names them.
var marks = map[report.Mark]xlsx.Mark{
	report.NoMark: xlsx.NoMark, report.InfoMark: xlsx.InfoMark, report.Changed: xlsx.Changed,
	report.WarningMark: xlsx.WarningMark, report.ErrorMark: xlsx.ErrorMark,
}

// Copy writes the officer's own workbook with a plan's changes; of a file of another kind, a new workbook with its rows and the changes.
func (b workbooks) Copy(ctx context.Context, r io.ReaderAt, size int64, out io.Writer, plan report.Copy) error {
	p := xlsx.PatchPlan{Sheets: map[string]xlsx.SheetPatch{}, LegendName: plan.LegendName}
	for _, s := range plan.Sheets {
		patch := xlsx.SheetPatch{
			HeaderRow: s.HeaderRow, LastRow: s.LastRow, Filter: true, Landscape: true, Cells: make([]xlsx.CellPatch, 0, len(s.Cells)),
			Outline: s.Outline,
		}
		for _, c := range s.Cells {
			patch.Cells = append(patch.Cells, xlsx.CellPatch{Row: c.Row, Column: c.Column, Cell: c.Value, Keep: c.Keep, Mark: marks[c.Mark]})
		}
		for _, a := range s.Added {
			added := xlsx.AddedColumn{Header: a.Header, Width: a.Width, Values: make([]xlsx.RowText, len(a.Values))}
			for i, v := range a.Values {
				added.Values[i] = xlsx.RowText(v)
			}
			patch.Columns = append(patch.Columns, added)
		}
		p.Sheets[s.Sheet] = patch
	}
	for _, l := range plan.Legend {
		p.Legend = append(p.Legend, xlsx.LegendLine{Mark: marks[l.Mark], Text: l.Text})
	}
	format, err := paper.Sniff(r, size)
	if err != nil {
		return err
	}
	if format == paper.XLSX {
		err := xlsx.Patch(ctx, r, size, out, p)
		if !errors.Is(err, xlsx.ErrMacroSheet) { // found before anything is written
			return err
		}
	}
	ctx, cancel := context.WithCancel(ctx) // lets go of a child whose rows were not read to the end
	defer cancel()
	book, err := b.Read(ctx, r, size)
	if err != nil {
		return err
	}
	return xlsx.Rebuild(ctx, book, out, p)
}

// Write makes a workbook of a grid.
func (workbooks) Write(out io.Writer, grid roster.Grid) error { return xlsx.WriteGrid(out, grid) }

// readCommand is what the program is while it reads one file for its parent: standard input is the file, standard output
// its rows.
type readCommand struct{}

// Run reads the file.
func (readCommand) Run(w world) error {
	return cage.Serve(w.stdin, w.stdout, cage.DefaultBounds(), openBook)
}

// readArgument makes the program that child.
const readArgument = "read-file"
