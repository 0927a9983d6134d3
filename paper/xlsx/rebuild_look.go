package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// style gives the number of a look, made when it is needed first.
func (r *rebuilder) style(look rebuiltLook) (int, error) {
	if id, ok := r.looks[look]; ok {
		return id, nil
	}
	style := &excelize.Style{Font: &excelize.Font{Family: officeFont, Size: 12, Bold: look.header}, Alignment: &excelize.Alignment{Vertical: "center"}}
	if look.table {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
		style.Alignment.WrapText = true
	}
	if look.header {
		style.Alignment.Horizontal = "center"
	}
	if look.text {
		style.NumFmt = asTyped
	}
	if look.date {
		dayFirst := "dd/mm/yyyy"
		style.CustomNumFmt = &dayFirst
	}
	if colour := colours[look.mark]; colour != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour[2:]}} // without the opacity in front
	}
	id, err := r.file.NewStyle(style)
	r.looks[look] = id
	return id, err
}

// asTyped is the number of the format @.
const asTyped = 49

// page sets paper, true dimension, the header that repeats in print, and its filter: all that stands around the cells.
func (s *rebuiltSheet) page(name string) error {
	if err := s.dimension(name); err != nil {
		return err
	}
	if s.plan.patch.Landscape {
		landscape, a4, width, height, fit := "landscape", 9, 1, 0, true
		if err := s.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &width, FitToHeight: &height}); err != nil {
			return err
		}
		if err := s.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
			return err
		}
	}
	header := s.plan.patch.HeaderRow
	if header == 0 || len(s.widths) == 0 {
		return nil
	}
	if err := s.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoteSheet(name), header, header),
	}); err != nil {
		return err
	}
	if !s.plan.patch.Filter {
		return nil
	}
	return s.file.AutoFilter(name, "A"+fmt.Sprint(header)+":"+gridCellName(len(s.widths)-1, max(header, s.plan.patch.LastRow)), nil)
}

func (s *rebuiltSheet) dimension(name string) error {
	return s.file.SetSheetDimension(name, "A1:"+gridCellName(max(len(s.widths)-1, 0), max(s.last, 1)))
}

// quoteSheet writes a sheet's name as a reference does.
func quoteSheet(name string) string {
	quoted := "'"
	for _, c := range name {
		if c == '\'' {
			quoted += "'"
		}
		quoted += string(c)
	}
	return quoted + "'"
}

// legend adds the sheet that explains the colours.
func (r *rebuilder) legend() error {
	if r.plan.LegendName == "" || len(r.plan.Legend) == 0 {
		return nil
	}
	name := r.name(r.plan.LegendName)
	if _, err := r.file.NewSheet(name); err != nil {
		return err
	}
	if err := r.file.SetSheetDimension(name, fmt.Sprintf("A1:A%d", len(r.plan.Legend))); err != nil {
		return err
	}
	w, err := r.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, 1, legendWidth); err != nil {
		return err
	}
	for i, line := range r.plan.Legend {
		id, err := r.style(rebuiltLook{mark: line.Mark})
		if err != nil {
			return err
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), []any{excelize.Cell{Value: line.Text, StyleID: id}}); err != nil {
			return err
		}
	}
	return w.Flush()
}
