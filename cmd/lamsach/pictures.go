package main

import (
	"io"

	"lamsach/core/report"
	"lamsach/paper/chart"
	"lamsach/paper/print"
	"lamsach/paper/xlsx"
)

// pictures draws for the bot.
type pictures struct{}

// Print makes a paper to be signed.
func (pictures) Print(w io.Writer, d report.Document) error { return print.Write(w, d) }

// Table writes a workbook of figures.
func (pictures) Table(w io.Writer, t report.Table) error { return xlsx.Write(w, xlsx.TableOf(t)) }

// TimeLine draws a plan.
func (pictures) TimeLine(w io.Writer, l report.TimeLine) error { return chart.TimeLine(w, l) }

// Chart draws where units stand.
func (pictures) Chart(w io.Writer, c report.Chart) error { return chart.Progress(w, c) }
