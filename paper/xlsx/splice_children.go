package xlsx

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"lamsach/paper/markup"
)

// childOrder is the order in which a sheet's children must stand: ECMA-376 part 1, 18.3.1.99.
var childOrder = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges",
	"scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
	"dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
}

// lateRank is the place of all children behind those.
const lateRank = 1000

func rankOf(name string) int {
	if i := slices.Index(childOrder, name); i >= 0 {
		return i
	}
	return lateRank
}

// insertion is a child that the sheet gets when it does not have it.
type insertion struct {
	name string
	text string
}

// insertions are the children that the changed sheet must have, in order.
func (s *splicer) insertions() []insertion {
	list := []insertion{}
	if s.plan.patch.Landscape {
		list = append(list, insertion{"sheetPr", fmt.Sprintf(`<%ssheetPr><%spageSetUpPr fitToPage="1"/></%ssheetPr>`, s.tag, s.tag, s.tag)})
	}
	list = append(list, insertion{"dimension", fmt.Sprintf(`<%sdimension ref="%s"/>`, s.tag, s.plan.extent)})
	if columns := s.widths(nil); len(columns) > 0 {
		list = append(list, insertion{"cols", s.columnsText(columns)})
	}
	if s.plan.filter != "" {
		list = append(list, insertion{"autoFilter", fmt.Sprintf(`<%sautoFilter ref="%s"/>`, s.tag, s.plan.filter)})
	}
	if s.plan.patch.Landscape {
		list = append(list, insertion{"pageSetup", "<" + s.tag + `pageSetup` + pageSetup + "/>"})
	}
	return list
}

// pageSetup is A4 across, one page wide and as many long as it takes.
const pageSetup = ` paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"`

// insertBefore writes the children that belong in front of a rank, in front of the current token.
func (s *splicer) insertBefore(rank int) error {
	for len(s.pending) > 0 && rankOf(s.pending[0].name) < rank {
		if err := s.Insert([]byte(s.pending[0].text)); err != nil {
			return err
		}
		s.pending = s.pending[1:]
	}
	return nil
}

// passChild passes or changes the child whose tag is the current token.
func (s *splicer) passChild() error {
	name := string(s.Name)
	if err := s.insertBefore(rankOf(name)); err != nil {
		return err
	}
	if name == "sheetData" {
		return s.passData()
	}
	if len(s.pending) == 0 || s.pending[0].name != name {
		return s.Skip()
	}
	fresh := s.pending[0].text
	s.pending = s.pending[1:]
	switch name {
	case "sheetPr":
		return s.passProperties()
	case "cols":
		return s.passColumns()
	case "autoFilter":
		return s.passFilter()
	case "pageSetup":
		return s.passPageSetup()
	}
	if err := s.Without(); err != nil {
		return err
	}
	_, err := s.Sink.Write([]byte(fresh))
	return err
}

// passProperties lets the sheet be printed fitting to the page's width.
func (s *splicer) passProperties() error {
	fit := []byte("<" + s.tag + `pageSetUpPr fitToPage="1"/>`)
	if s.Empty {
		out := append(append(s.Retag(">"), fit...), "</"+s.tag+"sheetPr>"...)
		return s.Replace(out)
	}
	found := false
	for outside := s.Depth() - 1; ; {
		kind, err := s.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.Close && s.Depth() == outside:
			if found {
				return nil
			}
			return s.Insert(fit)
		case s.Is("pageSetUpPr"):
			found = true
			end := ">"
			if s.Empty {
				end = "/>"
			}
			if err := s.Replace(s.Retag(` fitToPage="1"`+end, "fitToPage")); err != nil {
				return err
			}
		}
	}
}

// passFilter widens the filter that the sheet has; what it filters by stays.
func (s *splicer) passFilter() error {
	end := ">"
	if s.Empty {
		end = "/>"
	}
	if err := s.Replace(s.Retag(` ref="`+s.plan.filter+`"`+end, "ref")); err != nil {
		return err
	}
	return s.Skip()
}

// passPageSetup turns the page and leaves the printer's own settings (their part stays, unused) out.
func (s *splicer) passPageSetup() error {
	end := ">"
	if s.Empty {
		end = "/>"
	}
	out := s.Retag(pageSetup+end, "paperSize", "orientation", "fitToWidth", "fitToHeight", "scale", "id", "usePrinterDefaults")
	if err := s.Replace(out); err != nil {
		return err
	}
	return s.Skip()
}

// columnWidth is one col element: columns from and to, from 0, and its further attributes.
type columnWidth struct {
	from, to int
	attrs    string
}

// widths gives the col elements of a sheet with the added columns; a block that covers an added column is parted round it.
func (s *splicer) widths(old []columnWidth) []columnWidth {
	for i, c := range s.plan.patch.Columns {
		if i >= len(s.plan.columns) || c.Width <= 0 {
			continue
		}
		at := s.plan.columns[i]
		var parted []columnWidth
		for _, w := range old {
			if at < w.from || at > w.to {
				parted = append(parted, w)
				continue
			}
			if w.from < at {
				parted = append(parted, columnWidth{w.from, at - 1, w.attrs})
			}
			if w.to > at {
				parted = append(parted, columnWidth{at + 1, w.to, w.attrs})
			}
		}
		width := strconv.FormatFloat(min(c.Width, 255), 'f', -1, 64)
		old = append(parted, columnWidth{at, at, ` width="` + width + `" customWidth="1"`})
	}
	slices.SortFunc(old, func(a, b columnWidth) int { return cmp.Compare(a.from, b.from) })
	return old
}

// columnsText writes col elements.
func (s *splicer) columnsText(columns []columnWidth) string {
	var out bytes.Buffer
	fmt.Fprintf(&out, "<%scols>", s.tag)
	for _, c := range columns {
		fmt.Fprintf(&out, `<%scol min="%d" max="%d"%s/>`, s.tag, c.from+1, c.to+1, c.attrs)
	}
	fmt.Fprintf(&out, "</%scols>", s.tag)
	return out.String()
}

// passColumns writes the widths anew with those of the added columns.
func (s *splicer) passColumns() error {
	if err := s.Flush(s.Start); err != nil {
		return err
	}
	sink := s.Sink
	s.Sink = nil
	var old []columnWidth
	if !s.Empty {
		for outside := s.Depth() - 1; s.Depth() > outside; {
			if _, err := s.Next(); err != nil {
				return err
			}
			if s.Is("col") {
				old = s.appendColumn(old)
			}
		}
	}
	if err := s.Flush(s.Pos); err != nil {
		return err
	}
	s.Sink = sink
	_, err := sink.Write([]byte(s.columnsText(s.widths(old))))
	return err
}

// appendColumn appends the col element whose tag is the current token.
func (s *splicer) appendColumn(list []columnWidth) []columnWidth {
	from, ok := number(s.Attr("min"))
	to, ok2 := number(s.Attr("max"))
	if !ok || !ok2 || from < 1 || to < from || to > lastColumn+1 {
		return list
	}
	var attrs []byte
	for _, a := range s.Tag {
		if name := string(a.Name); name != "min" && name != "max" {
			attrs = markup.AppendAttr(attrs, a.Name, a.Value)
		}
	}
	return append(list, columnWidth{from - 1, to - 1, string(attrs)})
}
