package report

import "lamsach/core/civil"

// Tone says what a part of a bar stands for; pictures give each tone one colour everywhere.
type Tone uint8

// The tones.
const (
	Calm    Tone = iota // neither good nor bad: not begun, out of scope
	Good                // finished
	Waiting             // with somebody else, or due later
	Bad                 // open, late
)

// Part is one kind of part that the bars of a chart have.
type Part struct {
	Name string
	Tone Tone
}

// Chart is a picture of where units stand: stacked bars with a table of figures beside them. All texts are ready to be shown.
type Chart struct {
	Title    string
	Subtitle string // what it covers, and up to which moment
	Head     string // of the names
	Parts    []Part
	Columns  []string // heads of the figures beside the bars, at most 3
	Rows     []ChartRow
	Total    *ChartRow // stands above the others; nil: none
	Notes    []string  // below: what was left out, what is late
}

// ChartRow is one unit. All bars have one length, split as Parts are: it is the shares that are compared.
type ChartRow struct {
	Name    string
	Parts   []int // by Chart.Parts
	Figures []string
	Late    bool // stands out
}

// TimeLine is a picture of what is to be done when. All texts are ready to be shown.
type TimeLine struct {
	Title    string
	Subtitle string
	Parts    []Part // the tones of the bars, for the legend
	From, To civil.Date
	Today    civil.Date // marked when it lies within
	Marker   string     // what stands at today's mark
	Lanes    []Lane
	Notes    []string
}

// Lane is the steps that one kind of list goes through.
type Lane struct {
	Name string
	Bars []TimeBar
}

// TimeBar is one step. A zero From begins with the line; a zero To has no date yet and draws no bar.
type TimeBar struct {
	Name     string
	Note     string // who owes it, by when
	From, To civil.Date
	Tone     Tone
}
