package check

import (
	"lamsach/core/alike"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/person"
	"lamsach/core/roster"
	"lamsach/core/viet"
)

// RowView is one person as the row rules see him: what the list says, read once.
type RowView struct {
	Child bool // the list is one of children

	ro     *roster.Roster
	today  civil.Date
	rec    int
	record *roster.Record
	out    []Finding

	number    read[person.PersonalID]
	name      readName
	birth     read[person.BirthDate]
	sex       read[person.Sex]
	ethnicity read[string]
	relatives [3]relative
	names     person.NameReader
	learning  bool             // names are counted
	stamp     uint32           // counts the readings
	columns   []benefitColumns // by sheet
	benefit   category
	benefitOf uint32 // the reading that benefit is of
	fold      []byte
	places    places
	sheet     int           // that places is about, + 1
	hamlet    roster.Value  // of the person before, mostly the same again
	hamletIs  uint64        // its hash
	cells     []roster.Cell // of the person
	buffer    []roster.Cell // where packed cells are unpacked
	known     struct {
		ethnicity memo[person.Reading[string]]
		births    memo[person.Reading[person.BirthDate]] // of relatives: years, mostly
		notes     memo[roster.Status]
		category  memo[category]
	}
}

// read is a field as it stands and as it was read.
type read[T any] struct {
	roster.Value
	person.Reading[T]
}

// known reports whether the value can be built on: it is right, or right but for its writing.
func (r *read[T]) known() bool {
	switch r.Fault {
	case person.Clean, person.Untidy, person.Variant:
		return true
	}
	return false
}

// sureNumber reports whether the person's number can be built on: it is right, or a cell dropped the one zero that every number of
// the country begins with, or two of a number that the birth agrees with and the sex does not contradict.
func (v *RowView) sureNumber() bool {
	if v.number.Fault != person.LostZero {
		return v.number.known()
	}
	fits := v.agreement(v.number.value())
	return v.number.Confidence >= oneZero || fits.year == 1 && fits.sex >= 0
}

// oneZero is the confidence of a number that lost one zero only.
const oneZero = 0.9

// value is what the reading found.
func (r *read[T]) value() T { return r.Reading.Value }

// readName is a name as it stands, as it was read, and what it is compared by.
type readName struct {
	read[string]
	whole, last uint64 // as person.Name has them
	marked      bool
}

func (r *readName) take(value roster.Value, name person.Name) {
	r.Value, r.Reading, r.whole, r.last, r.marked = value, name.Reading, name.Whole, name.Last, name.Marked
}

// relative is a parent or the guardian.
type relative struct {
	nameField, idField roster.Field
	sex                person.Sex // that the role says; unknown for a guardian
	name               readName
	id                 read[person.PersonalID]
	birth              read[person.BirthDate]
}

// The places of the relatives in RowView.
const (
	father = iota
	mother
	guardian
)

var relativeFields = [3]struct {
	name, id, birth roster.Field
	sex             person.Sex
}{
	father:   {roster.FatherName, roster.FatherID, roster.FatherBirth, person.Male},
	mother:   {roster.MotherName, roster.MotherID, roster.MotherBirth, person.Female},
	guardian: {roster.GuardianName, roster.GuardianID, roster.NoField, person.UnknownSex},
}

// raw is a value as package person reads it.
func raw(v roster.Value) person.Raw {
	if v.Kind == roster.Fault || v.Kind == roster.Uncomputed {
		return person.Raw{} // nothing can be read from it: the file is told about that
	}
	return person.Raw{Text: v.Text, Numeric: v.Kind == roster.Number, Date: v.Kind == roster.Date}
}

// read takes a person in.
func (v *RowView) read(rec int) {
	v.rec, v.record, v.out = rec, &v.ro.Records[rec], v.out[:0]
	v.stamp++
	v.cells = v.ro.Cells(rec, v.buffer)
	if cap(v.cells) > cap(v.buffer) && v.record.Cells == nil {
		v.buffer = v.cells
	}
	if v.sheet != v.record.Sheet+1 {
		v.sheet = v.record.Sheet + 1
		v.places = placesOf(&v.ro.Sheets[v.record.Sheet])
	}
	v.number.Value = v.value(roster.PersonalID)
	v.number.Reading = person.ReadPersonalID(raw(v.number.Value))
	name := v.value(roster.FullName)
	v.names.Counting = v.learning
	v.name.take(name, v.names.Read(raw(name)))
	v.birth.Value = v.value(roster.BirthDate)
	v.birth.Reading = person.ReadBirthDate(raw(v.birth.Value), v.today)
	if v.birth.Fault == person.Malformed && len(v.birth.Candidates) > 0 {
		v.chooseBirth()
	}
	v.sex.Value = v.value(roster.Sex)
	v.sex.Reading = person.ReadSex(raw(v.sex.Value))
	v.ethnicity.Value = v.value(roster.Ethnicity)
	v.ethnicity.Reading = v.known.ethnicity.of(v.ethnicity.Value, func(value roster.Value) person.Reading[string] { return person.ReadEthnicity(raw(value)) })
	v.settleNumber()
	for i := range v.relatives {
		v.readRelative(&v.relatives[i], i)
	}
}

// chooseBirth takes the one of several readings of digits in a row that the number agrees with or, without a number, the only child's
// among the readings in a list of children.
func (v *RowView) chooseBirth() {
	var chosen person.BirthDate
	fit := 0
	for _, text := range v.birth.Candidates {
		d, err := person.ParseBirthDate(text)
		switch {
		case err != nil:
			continue
		case v.sureNumber():
			if d.Year != v.number.value().BirthYear() {
				continue
			}
		case !v.Child || d.Year < v.today.Year-adulthood:
			continue
		}
		if d != chosen {
			chosen, fit = d, fit+1
		}
	}
	if fit == 1 {
		v.birth.Reading = person.Reading[person.BirthDate]{Value: chosen, Fault: person.Untidy, Suggest: chosen.String(), Confidence: 0.9}
	}
}

func (v *RowView) readRelative(r *relative, which int) {
	fields := &relativeFields[which]
	r.nameField, r.idField, r.sex = fields.name, fields.id, fields.sex
	name := v.value(fields.name)
	v.names.Counting = v.learning && which != guardian // who is mostly one of the parents
	r.name.take(name, v.names.ReadParent(raw(name)))
	if r.name.Fault == person.Missing && r.name.Note != "" && person.IsDitto(r.name.Note) {
		v.readDitto(r)
	}
	r.id.Value = v.value(fields.id)
	if r.id.Kind == roster.Empty {
		r.id.Reading = person.Reading[person.PersonalID]{Fault: person.Missing}
	} else {
		r.id.Reading = person.ReadPersonalID(raw(r.id.Value))
	}
	v.readRelativeBirth(r, fields.birth)
	v.settleRelative(r)
}

func (v *RowView) readRelativeBirth(r *relative, field roster.Field) {
	r.birth.Reading = person.Reading[person.BirthDate]{Fault: person.Missing}
	if field == roster.NoField {
		return
	}
	if r.birth.Value = v.value(field); r.birth.Kind != roster.Empty {
		r.birth.Reading = v.known.births.of(r.birth.Value, func(value roster.Value) person.Reading[person.BirthDate] {
			return person.ReadBirthDate(raw(value), v.today)
		})
	}
	if year, ok := person.NoteYear(r.name.Note); ok && r.birth.Reading.Value.IsZero() {
		r.birth.Reading.Value.Year = year
	}
}

// named reports whether somebody is named there.
func (r *relative) named() bool { return r.name.Fault != person.Missing }

// year is the relative's year of birth, from the list or from a number whose sex fits; 0 when unknown.
func (r *relative) year() int {
	if y := r.birth.value().Year; y != 0 {
		return y
	}
	if r.id.known() && (r.sex == person.UnknownSex || r.id.value().Sex() == r.sex) {
		return r.id.value().BirthYear()
	}
	return 0
}

// Value is what holds for a field of the person, for the rules of other kinds of list.
func (v *RowView) Value(f roster.Field) roster.Value { return v.value(f) }

// Today is the day on which the list is checked.
func (v *RowView) Today() civil.Date { return v.today }

// Add puts a finding down about the person, for the rules of other kinds of list: their codes are not ours, so it brings
// its severity and group.
func (v *RowView) Add(f Finding) { v.add(f) }

// add puts a finding down about the person. Severity and group are those of the code unless they are set.
func (v *RowView) add(f Finding) *Finding {
	severity, group := CodeInfo(f.Code)
	if f.Severity == "" {
		f.Severity = severity
	}
	if f.Group == "" {
		f.Group = group
	}
	f.Record, f.Sheet, f.Column = v.rec, v.record.Sheet, -1
	v.out = append(v.out, f)
	return &v.out[len(v.out)-1]
}

// found is the plain case: the reading's fault as the code's last word, with its suggestion.
func found[T any](v *RowView, area string, field roster.Field, r *read[T], fix Fix) *Finding {
	f := Finding{Code: area + "." + r.Fault, Field: field, Fix: fix, Value: r.Text, Suggestion: r.Suggest, Confidence: r.Confidence}
	if r.Suggest == "" {
		f.Fix, f.Confidence = NoFix, 0
	}
	if r.Note != "" || len(r.Candidates) > 0 {
		f.Args = fault.Args{}
		if r.Note != "" {
			f.Args["Note"] = r.Note
		}
		if len(r.Candidates) > 0 {
			f.Args["Candidates"] = r.Candidates
		}
	}
	return v.add(f)
}

// hash is the number under which two texts are the same folded.
func (v *RowView) hash(text string) uint64 {
	v.fold = viet.AppendFold(v.fold[:0], text)
	whole, _ := person.HashFolded(v.fold)
	return whole
}

// facts are what the list rules need of a person, small enough to keep for everybody: 64 bytes, and no pointers for the garbage
// collector to follow.
type facts struct {
	name, mother, father, hamlet uint64 // numbers under which folded texts are the same; 0: unknown
	number                       uint64 // a valid number that is not a parent's; 0: none
	birth                        int32  // year·512 + month·32 + day; 0: unknown
	stamp                        uint32
	pay                          pay
	sex                          person.Sex
	ethnic                       uint8 // code of the ethnic group; 0: unknown, or noEthnic
	date                         dateAs
	left                         bool // out of scope
	whole                        bool // the birth date is complete
	named, marked                bool // the name is known; it has marks
	sexOdd                       bool // the sex is a word nobody knows
}

// noEthnic stands for the code of an ethnic group that the list has a column for and does not name.
const noEthnic = 255

// dateAs says how a complete birth date stands in the list.
type dateAs uint8

const (
	otherwise dateAs = iota
	asDate           // a true date
	asText           // a text that says day, month and year
)

// facts gives what the list rules need of the person.
func (v *RowView) facts() (facts, alike.Person) {
	f := facts{stamp: v.stamp, left: v.record.Status() != roster.InScope, sexOdd: v.sex.Fault == person.Malformed}
	if v.name.Fault != person.Missing {
		f.named = true
		f.name, f.marked = v.name.whole, v.name.marked
	}
	f.father, f.mother = v.relatives[father].name.whole, v.relatives[mother].name.whole
	if v.sureNumber() && (!v.Child || v.number.value().BirthYear() >= firstChildYear) && v.sameAsParent() == nil {
		f.number = digits(v.number.value().String())
	}
	if d := v.birth.value(); !d.IsZero() && v.birth.Fault != person.Future {
		f.birth = int32(d.Year)<<9 | int32(d.Month)<<5 | int32(d.Day)
		f.whole = d.Complete()
	}
	switch {
	case f.whole && v.birth.Kind == roster.Date:
		f.date = asDate
	case f.whole && v.birth.Kind == roster.Text && !v.birth.Fixed:
		f.date = asText
	}
	if v.sex.known() {
		f.sex = v.sex.value()
	}
	switch {
	case v.ethnicity.known():
		f.ethnic = uint8(person.EthnicCode(v.ethnicity.value())) //nolint:gosec // at most 54
	case v.ethnicity.Fault == person.Missing && !v.ethnicity.Absent:
		f.ethnic = noEthnic
	}
	hamlet := v.value(roster.Village)
	if hamlet.Absent {
		hamlet = v.value(roster.Address) // which is the hamlet, mostly, where no column has it
	}
	if hamlet.Kind != roster.Empty {
		if hamlet != v.hamlet {
			v.hamlet, v.hamletIs = hamlet, v.hash(v.undittoed(roster.Village, hamlet).Text)
		}
		f.hamlet = v.hamletIs
	}
	if !v.Child {
		f.pay = v.pay()
	}
	return f, v.compared(&f)
}

// best is the text that a name is compared by.
func (r *read[T]) best(text string) string {
	if r.Suggest != "" {
		return r.Suggest
	}
	return text
}

func digits(s string) uint64 {
	n := uint64(0)
	for i := range len(s) {
		n = n*10 + uint64(s[i]-'0')
	}
	return n
}
