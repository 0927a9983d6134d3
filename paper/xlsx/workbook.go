package xlsx

import (
	"strings"

	"lamsach/core/fault"
	"lamsach/paper/cells"
	"lamsach/paper/markup"
	"lamsach/paper/pack"
)

// relation is a relationship of a part: a role and the part that plays it.
type relation struct {
	id, role, target string
	outside          bool // the target is no part of the package
}

// sheetEntry is a worksheet as the workbook part lists it.
type sheetEntry struct {
	name     string
	hidden   bool
	part     string
	position int // among all sheets, those of charts too
}

// index is what the workbook part and its relationships tell.
type index struct {
	workbook   string // names of parts
	shared     string
	styles     string
	sheets     []sheetEntry
	all        int // sheets of every kind
	maxSheetID int
	relations  map[string]bool // ids that are taken
	strict     bool            // names as ISO 29500 strict has them
	date1904   bool
}

const (
	vbaPrefix        = "http://schemas.microsoft.com/office/2006/relationships/"
	rolePrefix       = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	strictRolePrefix = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
)

// roleOf gives the last word of a relationship's type; "" for types that are not of Office Open XML.
func roleOf(kind string) string {
	for _, prefix := range []string{rolePrefix, strictRolePrefix, vbaPrefix} {
		if role, ok := strings.CutPrefix(kind, prefix); ok {
			return role
		}
	}
	return ""
}

// readRelations reads the relationships of a part; none when it has no such part.
func (a *archive) readRelations(of string) ([]relation, error) {
	if !a.Has(relationsOf(of)) {
		return nil, nil
	}
	p, err := a.Open(relationsOf(of))
	if err != nil {
		return nil, err
	}
	defer p.Close()
	s := markup.NewScanner(p)
	if err := s.Root("Relationships"); err != nil {
		return nil, err
	}
	var found []relation
	for {
		kind, err := s.Next()
		switch {
		case err != nil:
			return nil, err
		case kind == markup.End:
			return found, nil
		case !s.Is("Relationship"):
			continue
		}
		role := roleOf(string(s.Attr("Type")))
		target, err := appendText(nil, s.Attr("Target"), false)
		if err != nil {
			return nil, err
		}
		found = append(found, relation{
			id: string(s.Attr("Id")), role: role, target: resolve(of, string(target)),
			outside: string(s.Attr("TargetMode")) == "External",
		})
	}
}

// readIndex finds the parts of the workbook by their roles.
func (a *archive) readIndex() (*index, error) {
	roots, err := a.readRelations("")
	if err != nil {
		return nil, err
	}
	x := &index{}
	for _, r := range roots {
		if r.role == "officeDocument" {
			x.workbook = r.target
		}
	}
	if x.workbook == "" {
		return nil, cells.NotWorkbook("no office document")
	}
	relations, err := a.readRelations(x.workbook)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]relation, len(relations))
	x.relations = make(map[string]bool, len(relations))
	for _, r := range relations {
		byID[r.id] = r
		x.relations[r.id] = true
		switch {
		case r.outside:
		case r.role == "sharedStrings":
			x.shared = r.target
		case r.role == "styles":
			x.styles = r.target
		}
	}
	if err := a.readWorkbook(x, byID); err != nil {
		return nil, err
	}
	if len(x.sheets) == 0 {
		return nil, fault.New(fault.Unreadable, "file.no_sheet")
	}
	return x, nil
}

// readWorkbook reads the workbook part: its sheets in order, and its date system.
func (a *archive) readWorkbook(x *index, byID map[string]relation) error {
	if strings.HasSuffix(strings.ToLower(x.workbook), ".bin") {
		return fault.New(fault.Unreadable, "file.format.xlsb")
	}
	p, err := a.Open(x.workbook)
	if err != nil {
		return err
	}
	defer p.Close()
	s := markup.NewScanner(p)
	if err := s.Root("workbook"); err != nil {
		if s.Rooted {
			return cells.NotWorkbook("another root")
		}
		return err
	}
	x.strict = string(s.Attr("xmlns")) == strictNamespace || string(s.Attr("conformance")) == "strict"
	for {
		kind, err := s.Next()
		switch {
		case err != nil:
			return err
		case kind == markup.End:
			return nil
		case s.Is("workbookPr"):
			x.date1904 = truth(s.Attr("date1904"))
		case s.Is("sheet"):
			if err := x.addSheet(s, byID); err != nil {
				return err
			}
		}
	}
}

// addSheet adds the sheet whose tag was found; sheets of charts and macros hold no rows and are left out.
func (x *index) addSheet(s *markup.Scanner, byID map[string]relation) error {
	name, err := appendText(nil, s.Attr("name"), false)
	if err != nil {
		return err
	}
	var id string
	for _, at := range s.Tag {
		if prefix, local := markup.SplitName(at.Name); len(prefix) > 0 && string(local) == "id" {
			id = string(at.Value)
		}
	}
	r, ok := byID[id]
	if !ok || r.outside {
		return cells.Malformed.Because("a sheet without a part")
	}
	x.all++
	if id, ok := number(s.Attr("sheetId")); ok {
		x.maxSheetID = max(x.maxSheetID, id)
	}
	if r.role != "worksheet" {
		return nil
	}
	for _, other := range x.sheets {
		if strings.EqualFold(other.name, string(name)) || pack.Key(other.part) == pack.Key(r.target) {
			return cells.Malformed.Because("a sheet twice")
		}
	}
	state := string(s.Attr("state"))
	x.sheets = append(x.sheets, sheetEntry{
		name: string(name), hidden: state == "hidden" || state == "veryHidden", part: r.target, position: x.all - 1,
	})
	return nil
}

// truth reads a boolean attribute.
func truth(value []byte) bool { return string(value) == "1" || string(value) == "true" }
