package roster

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/viet"
)

// Headers of the column that our own workbooks add, by language. Reading knows all of them.
const (
	StatusHeader        = "Kết quả rà soát"
	StatusHeaderEnglish = "Review result"
)

// RowRef names another row of the same file; Sheet is empty for the same sheet.
type RowRef struct {
	Row   int
	Sheet string
}

// StatusNote is what our own column says of a person: the decisions that are not values of fields.
type StatusNote struct {
	Status    Status
	SameAs    RowRef   // for Duplicate
	NotSame   []RowRef // rows that are somebody else
	Confirmed []string // finding keys that the officer confirmed as right
	Police    bool     // goes to the police without a number
}

// statusWords are the short words of the file format. They are read back by every copy of the program, whatever
// its language, so they are no text of locales/.
var statusWords = []struct {
	status Status
	text   string
	short  string // further beginnings that mean it, folded
}{
	{MovedOut, "Chuyển đi", "chuyen di|da chuyen|chuyen ho khau|chuyen khau|chuyen noi o|cat khau|da cat khau|xoa khau|da xoa khau|di khoi dia phuong|khong con o dia phuong|moved"},
	{Deceased, "Đã mất", "da mat|da chet|chet|da tu vong|tu vong|khai tu|da khai tu|qua doi|da qua doi|died"},
	{NotFound, "Không tìm thấy", "khong tim thay|khong co ho|khong co o dia phuong|khong co tai dia phuong|not found"},
	{OverAge, "Đủ 16 tuổi", "du 16|qua 16|tren 16|over age"},
	{Duplicate, "Trùng", "trung|same as"},
	{Abroad, "Ở nước ngoài", "o nuoc ngoai|di nuoc ngoai|xuat canh|abroad"},
}

const (
	sameWord      = "Trùng dòng"
	notSameWord   = "Không trùng dòng"
	confirmedWord = "Đã xác nhận:"
	policeWord    = "Chuyển công an cấp số"
)

// StatusText writes a note as our own column holds it: short words joined by "; ".
func StatusText(n StatusNote) string {
	var said []string
	switch {
	case n.Status == Duplicate && n.SameAs.Row > 0:
		said = append(said, sameWord+" "+n.SameAs.String())
	case n.Status != InScope:
		for _, w := range statusWords {
			if w.status == n.Status {
				said = append(said, w.text)
			}
		}
	}
	for _, ref := range n.NotSame {
		said = append(said, notSameWord+" "+ref.String())
	}
	if n.Police {
		said = append(said, policeWord)
	}
	if len(n.Confirmed) > 0 {
		said = append(said, confirmedWord+" "+strings.Join(n.Confirmed, ","))
	}
	return strings.Join(said, "; ")
}

// String is the row, with its sheet in brackets when that is another one.
func (ref RowRef) String() string {
	if ref.Sheet == "" {
		return strconv.Itoa(ref.Row)
	}
	return fmt.Sprintf("%d (%s)", ref.Row, ref.Sheet)
}

var (
	rowRef     = regexp.MustCompile(`(\d{1,7})(?:\s*\(([^)]*)\))?\s*$`)
	findingKey = regexp.MustCompile(`^[a-z_]+\.[a-z0-9_]+(@[a-z_]+)?$`)
)

// ParseStatus reads a cell of our own column, or a remark that an officer typed there. What it does not know it leaves out.
func ParseStatus(text string) StatusNote {
	var n StatusNote
	for _, part := range strings.Split(viet.NFC(text), ";") {
		n.read(strings.TrimSpace(part))
	}
	return n
}

func (n *StatusNote) read(part string) {
	folded := viet.Fold(part)
	switch {
	case folded == "":
	case strings.HasPrefix(folded, viet.Fold(notSameWord)):
		if ref, ok := parseRef(part); ok && len(n.NotSame) < 100 {
			n.NotSame = append(n.NotSame, ref)
		}
	case strings.HasPrefix(folded, viet.Fold(confirmedWord)):
		_, keys, _ := strings.Cut(part, ":")
		for key := range strings.SplitSeq(keys, ",") {
			if key = strings.TrimSpace(key); findingKey.MatchString(key) && !slices.Contains(n.Confirmed, key) {
				n.Confirmed = append(n.Confirmed, key)
			}
		}
	case folded == viet.Fold(policeWord):
		n.Police = true
	default:
		if status := statusOf(folded); status != InScope {
			n.Status = status
			n.SameAs, _ = parseRef(part)
			if status != Duplicate {
				n.SameAs = RowRef{}
			}
		}
	}
}

// statusOf finds the status that a folded remark begins with.
func statusOf(folded string) Status {
	for _, w := range statusWords {
		for beginning := range strings.SplitSeq(w.short, "|") {
			if strings.HasPrefix(folded, beginning) {
				return w.status
			}
		}
	}
	return InScope
}

func parseRef(part string) (RowRef, bool) {
	m := rowRef.FindStringSubmatch(part)
	if m == nil {
		return RowRef{}, false
	}
	row, err := strconv.Atoi(m[1])
	return RowRef{Row: row, Sheet: strings.TrimSpace(m[2])}, err == nil && row > 0
}

// ReasonInFile is the reason of a Waived finding that our own column carried back.
const ReasonInFile = "in_file"

// NoteOf gives what our own column should say of the person.
func (r *Roster) NoteOf(rec int) StatusNote {
	record := &r.Records[rec]
	d := record.Decided()
	n := StatusNote{Status: d.Status, Police: d.Police}
	for key := range d.Waived {
		n.Confirmed = append(n.Confirmed, key)
	}
	slices.Sort(n.Confirmed)
	if d.SameAs == "" && len(d.NotSame) == 0 {
		return n
	}
	if same, ok := r.Find(d.SameAs); ok {
		n.SameAs = r.ref(&r.Records[same], record.Sheet)
	}
	var others []int
	for _, id := range d.NotSame {
		if other, ok := r.Find(id); ok {
			others = append(others, other)
		}
	}
	slices.Sort(others)
	for _, other := range slices.Compact(others) {
		n.NotSame = append(n.NotSame, r.ref(&r.Records[other], record.Sheet))
	}
	return n
}

func (r *Roster) ref(record *Record, from int) RowRef {
	if record.Sheet == from {
		return RowRef{Row: record.Row}
	}
	return RowRef{Row: record.Row, Sheet: r.Sheets[record.Sheet].Name}
}

// decideFromNotes turns our own column back into decisions, once all people are known.
func (r *Roster) decideFromNotes() {
	ids := map[RowRef]string{}
	for i := range r.Records {
		record := &r.Records[i]
		ids[RowRef{Row: record.Row, Sheet: r.Sheets[record.Sheet].Name}] = record.ID()
	}
	for i := range r.Records {
		record := &r.Records[i]
		n := ParseStatus(r.Raw(i, ReviewStatus).Text)
		find := func(ref RowRef) string {
			if ref.Sheet == "" {
				ref.Sheet = r.Sheets[record.Sheet].Name
			}
			return ids[ref]
		}
		d := Decisions{Status: n.Status, Police: n.Police}
		if n.Status == Duplicate {
			d.SameAs = find(n.SameAs)
		}
		for _, ref := range n.NotSame {
			if id := find(ref); id != "" {
				d.NotSame = append(d.NotSame, id)
			}
		}
		for _, key := range n.Confirmed {
			if d.Waived == nil {
				d.Waived = map[string]string{}
			}
			d.Waived[key] = ReasonInFile
		}
		record.Decide(d)
	}
}
