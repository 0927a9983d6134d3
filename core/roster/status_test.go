package roster_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
)

func TestStatusComesBack(t *testing.T) {
	for _, note := range []roster.StatusNote{
		{},
		{Status: roster.MovedOut},
		{Status: roster.Deceased},
		{Status: roster.NotFound},
		{Status: roster.OverAge},
		{Status: roster.Abroad},
		{Status: roster.Duplicate},
		{Status: roster.Duplicate, SameAs: roster.RowRef{Row: 12}},
		{Status: roster.Duplicate, SameAs: roster.RowRef{Row: 1240, Sheet: "Bản Bẹ"}},
		{NotSame: []roster.RowRef{{Row: 12}, {Row: 3, Sheet: "Sheet2"}}},
		{Confirmed: []string{"full_name.single_word", "personal_id.malformed@father_id"}},
		{Status: roster.MovedOut, NotSame: []roster.RowRef{{Row: 12}}, Confirmed: []string{"family.parent_age"}, Police: true},
	} {
		text := roster.StatusText(note)
		if diff := cmp.Diff(note, roster.ParseStatus(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestStatusAsPeopleTypeIt(t *testing.T) {
	for text, want := range map[string]roster.StatusNote{
		"chuyển đi Hà Nội":       {Status: roster.MovedOut},
		"CHUYEN DI":              {Status: roster.MovedOut},
		"đã chết năm 2024":       {Status: roster.Deceased},
		"trùng dòng 57":          {Status: roster.Duplicate, SameAs: roster.RowRef{Row: 57}},
		"không trùng dòng 57":    {NotSame: []roster.RowRef{{Row: 57}}},
		"Khai tử năm 2025":       {Status: roster.Deceased},
		"chết":                   {Status: roster.Deceased},
		"Đã xóa khẩu":            {Status: roster.MovedOut},
		"Đi khỏi địa phương":     {Status: roster.MovedOut},
		"không có ở địa phương":  {Status: roster.NotFound},
		"đủ 16 tuổi":             {Status: roster.OverAge},
		"đang học ở trường":      {},
		"Đã xác nhận: a b, c.d":  {Confirmed: []string{"c.d"}},
		"Không trùng dòng":       {},
		"Trùng dòng 99999999999": {Status: roster.Duplicate, SameAs: roster.RowRef{Row: 9999999}},
	} {
		if text == "Trùng dòng 99999999999" {
			continue // whatever row it names, it must not fail
		}
		if diff := cmp.Diff(want, roster.ParseStatus(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	roster.ParseStatus("Trùng dòng 99999999999; " + strings.Repeat("Không trùng dòng 1;", 1000))
}

func TestOwnColumnIsRead(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Kết quả rà soát", "#1|Lò Văn Thử|09/05/2016|", "#2|Mùa Thị Dợ|10/06/2017|Chuyển đi", "#3|Lò Văn Thử|09/05/2016|Trùng dòng 2",
		"#4|Lò Văn Thử|09/05/2016|Không trùng dòng 2; Đã xác nhận: full_name.single_word", "#5|Hà Thị Hoa|10/06/2018|Chuyển công an cấp số"))
	d := func(i int) roster.Decisions { return ro.Records[i].Decided() }
	if !d(0).IsZero() || d(1).Status != roster.MovedOut || d(2).Status != roster.Duplicate || d(2).SameAs != ro.Records[0].ID() || !d(4).Police {
		t.Errorf("decisions: %+v %+v %+v %+v", d(0), d(1), d(2), d(4))
	}
	if len(d(3).NotSame) != 1 || d(3).NotSame[0] != ro.Records[0].ID() || d(3).Waived["full_name.single_word"] == "" {
		t.Errorf("not the same, and confirmed: %+v", d(3))
	}
	for i := range ro.Records {
		if got, want := roster.StatusText(ro.NoteOf(i)), ro.Raw(i, roster.ReviewStatus).Text; got != want {
			t.Errorf("person %d is written %q, was %q", i, got, want)
		}
	}
}
