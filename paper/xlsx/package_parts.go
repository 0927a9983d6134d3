package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

const (
	contentTypes      = "[Content_Types].xml"
	worksheetType     = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	stylesType        = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
	workbookType      = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	strictNamespace   = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	mostPartBytes     = 4 << 20
	longestSheetName  = 31
	legendRelation    = "rIdLamsachLegend"
	stylesRelation    = "rIdLamsachStyles"
	filterDefinedName = "_xlnm._FilterDatabase"
)

// planParts decides which of the small parts change.
func (p *patcher) planParts() error {
	p.parts, p.dropped = map[string]func(io.Writer) error{}, map[string]bool{}
	relations, err := p.archive.readRelations(p.index.workbook)
	if err != nil {
		return err
	}
	gone := map[string]bool{} // ids of relationships
	for _, r := range relations {
		switch {
		case strings.HasSuffix(r.role, "Macrosheet"):
			return ErrMacroSheet
		case r.role == "vbaProject" || r.role == "calcChain" && p.formula:
			gone[r.id] = true
			if err := p.drop(r.target); err != nil {
				return err
			}
		}
	}
	legend, err := p.planLegend()
	if err != nil {
		return err
	}
	changes := []struct {
		name   string
		change func(*editor) error
	}{
		{contentTypes, func(e *editor) error { return p.changeTypes(e, legend) }},
		{p.index.workbook, func(e *editor) error { return p.changeWorkbook(e, legend) }},
		{relationsOf(p.index.workbook), func(e *editor) error { return p.changeRelations(e, gone, legend) }},
	}
	for _, c := range changes {
		text, err := p.edited(c.name, c.change)
		if err != nil {
			return err
		}
		p.parts[pack.Key(c.name)] = func(out io.Writer) error { _, err := out.Write(text); return err }
	}
	return nil
}

// ErrMacroSheet says that programs stand on sheets of the workbook (Excel 4.0 macros): no patched copy can be without them, a
// rebuilt one is.
var ErrMacroSheet = errors.New("xlsx: a sheet of macros")

// drop leaves a part out of the copy, and the parts that only it uses: the signature of its macros.
func (p *patcher) drop(part string) error {
	p.dropped[pack.Key(part)] = true
	p.dropped[pack.Key(relationsOf(part))] = true
	uses, err := p.archive.readRelations(part)
	if err != nil {
		return err
	}
	for _, r := range uses {
		p.dropped[pack.Key(r.target)] = true
	}
	return nil
}

// editor copies a small part and changes it on the way.
type editor struct {
	*markup.Scanner
	out bytes.Buffer
}

// edited gives a part as change leaves it; change is called at every start and end tag.
func (p *patcher) edited(name string, change func(*editor) error) ([]byte, error) {
	data, err := p.archive.ReadAll(name, mostPartBytes)
	if err != nil {
		return nil, err
	}
	e := &editor{}
	if e.Scanner, err = markup.OfBytes(data); err != nil {
		return nil, err
	}
	e.Sink = &e.out
	for {
		kind, err := e.Next()
		switch {
		case err != nil:
			return nil, err
		case kind == markup.End:
			err := e.Flush(e.Pos)
			return e.out.Bytes(), err
		case kind == markup.Text:
			continue
		}
		if err := change(e); err != nil {
			return nil, err
		}
	}
}

// insert puts text in front of the current tag.
func (e *editor) insert(format string, args ...any) error {
	if err := e.Flush(e.Start); err != nil {
		return err
	}
	fmt.Fprintf(&e.out, format, args...)
	return nil
}

// ends reports whether the current tag is the end tag of that name at that depth.
func (e *editor) ends(name string, depth int) bool {
	return e.Kind == markup.Close && e.Depth() == depth && string(e.Name) == name
}

// changeTypes names the new parts, and forgets those that are left out.
func (p *patcher) changeTypes(e *editor, legend *legendPlan) error {
	switch {
	case e.Is("Override"):
		part, kind := string(e.Attr("PartName")), string(e.Attr("ContentType"))
		if p.dropped[pack.Key(part)] {
			return e.Without()
		}
		if pack.Key(part) == pack.Key(p.index.workbook) && kind != workbookType {
			// a workbook with macros, or a template: our copy is a plain workbook
			prefix := string(e.Prefix)
			if err := e.Without(); err != nil {
				return err
			}
			fmt.Fprintf(&e.out, `<%sOverride PartName="%s" ContentType="%s"/>`, prefix, part, workbookType)
		}
	case e.Is("Default") && strings.Contains(string(e.Attr("ContentType")), "vbaProject"):
		return e.Without()
	case e.ends("Types", 0):
		prefix := string(e.Prefix)
		if legend.isNew() {
			if err := e.insert(`<%sOverride PartName="/%s" ContentType="%s"/>`, prefix, legend.part, worksheetType); err != nil {
				return err
			}
		}
		if p.index.styles == "" {
			return e.insert(`<%sOverride PartName="/%s" ContentType="%s"/>`, prefix, p.styles.part, stylesType)
		}
	}
	return nil
}

// changeRelations joins the new parts to the workbook.
func (p *patcher) changeRelations(e *editor, gone map[string]bool, legend *legendPlan) error {
	switch {
	case e.Is("Relationship") && gone[string(e.Attr("Id"))]:
		return e.Without()
	case e.ends("Relationships", 0):
		prefix := string(e.Prefix)
		if legend.isNew() {
			if err := e.insert(`<%sRelationship Id="%s" Type="%sworksheet" Target="/%s"/>`, prefix, legend.relation, p.roles(), legend.part); err != nil {
				return err
			}
		}
		if p.index.styles == "" {
			return e.insert(`<%sRelationship Id="%s" Type="%sstyles" Target="/%s"/>`, prefix, stylesRelation, p.roles(), p.styles.part)
		}
	}
	return nil
}

// roles is the beginning of relationship types in this workbook.
func (p *patcher) roles() string {
	if p.index.strict {
		return strictRolePrefix
	}
	return rolePrefix
}

// afterNames are the children of the workbook part that stand behind its defined names.
var afterNames = []string{
	"calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
	"webPublishObjects", "extLst",
}

// changeWorkbook lists the legend sheet, and tells of the filters as Excel does: by a hidden name for each.
func (p *patcher) changeWorkbook(e *editor, legend *legendPlan) error {
	outer := e.Depth()
	if e.Kind == markup.Open && !e.Empty {
		outer--
	}
	switch {
	case e.ends("sheets", 1) && legend.isNew():
		return e.insert(`<%ssheet xmlns:r="%s" name="%s" sheetId="%d" r:id="%s"/>`, string(e.Prefix), strings.TrimSuffix(p.roles(), "/"),
			appendEscaped(nil, legend.name), legend.sheetID, legend.relation)
	case e.Is("calcPr") && p.stale:
		if err := p.insertNames(e); err != nil {
			return err
		}
		end := ">"
		if e.Empty {
			end = "/>"
		}
		return e.Replace(e.Retag(` fullCalcOnLoad="1"`+end, "fullCalcOnLoad"))
	case e.Is("definedName") && p.filterOf(e) != nil:
		return e.Without()
	case e.Is("definedNames") && outer == 1:
		p.named = true
		if e.Empty {
			prefix := string(e.Prefix)
			if err := e.Without(); err != nil {
				return err
			}
			e.out.WriteString(p.namesText(prefix, true))
		}
	case e.ends("definedNames", 1):
		return e.insert("%s", p.namesText(string(e.Prefix), false))
	case !p.named && (e.ends("workbook", 0) || e.Kind == markup.Open && outer == 1 && slices.Contains(afterNames, string(e.Name))):
		return p.insertNames(e)
	}
	return nil
}

// insertNames puts the defined names in front of the current tag, unless the workbook has them.
func (p *patcher) insertNames(e *editor) error {
	if p.named {
		return nil
	}
	p.named = true
	return e.insert("%s", p.namesText(string(e.Prefix), true))
}

// filterOf gives the plan of the sheet whose filter the current definedName tells of, when that filter changes.
func (p *patcher) filterOf(e *editor) *sheetPlan {
	position, ok := number(e.Attr("localSheetId"))
	if !ok || string(e.Attr("name")) != filterDefinedName {
		return nil
	}
	for _, plan := range p.sheets {
		if plan.filter != "" && plan.entry.position == position {
			return plan
		}
	}
	return nil
}

// namesText is the hidden names of the filters; "" when there are none.
func (p *patcher) namesText(prefix string, whole bool) string {
	var out bytes.Buffer
	for _, entry := range p.index.sheets {
		plan := p.sheets[pack.Key(entry.part)]
		if plan == nil || plan.filter == "" {
			continue
		}
		block, _ := parseRange(plan.filter)
		name := "'" + strings.ReplaceAll(entry.name, "'", "''") + "'"
		fmt.Fprintf(&out, `<%sdefinedName name="%s" localSheetId="%d" hidden="1">%s!$%s$%d:$%s$%d</%sdefinedName>`, prefix, filterDefinedName, entry.position,
			appendEscaped(nil, name), columnName(block.firstColumn), block.firstRow, columnName(block.lastColumn), block.lastRow, prefix)
	}
	if out.Len() == 0 || !whole {
		return out.String()
	}
	return "<" + prefix + "definedNames>" + out.String() + "</" + prefix + "definedNames>"
}
