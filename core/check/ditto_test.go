package check_test

import (
	"fmt"
	"slices"
	"testing"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// offered gives the findings as code, offer and source, sorted.
func offered(ro *roster.Roster) (got []string) {
	for _, f := range check.New(ro, check.Rules(), today).Findings() {
		got = append(got, fmt.Sprint(f.Code, " ", f.Suggestion, " ", f.Args["From"]))
	}
	slices.Sort(got)
	return got
}

// TestDittoMarks: every form of the mark is an offer of what stands above.
func TestDittoMarks(t *testing.T) {
	for _, mark := range []string{"nt", "-nt-", "NT", "n/t", "n.t", "//", "-//-", `"`, "”", `-"-`, "như trên", "Như trên", "(nt)"} {
		ro := list(t,
			child("name=Lò Văn Một", "birth=date:2013-01-14", "id=014213777771", "ethnic=Mông", "mother=Cà Thị Một", "motherid="),
			child("name=Lò Văn Hai", "birth=date:2014-05-14", "id=014214777772", "ethnic="+mark, "mother="+mark, "motherid="),
			child("name=Lò Kim Ba", "birth=date:2015-09-14", "id=", "ethnic="+mark, "mother=Cà Thị Hai", "motherid=", "sex="+mark))
		want := []string{"ethnicity.missing Mông above", "ethnicity.missing Mông above", "mother_name.malformed Cà Thị Một <nil>", "personal_id.missing  <nil>", "sex.missing Nam above"}
		if got := offered(ro); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", mark, got, want)
		}
	}
}

// TestDittoBelowANote: a mark below a note names nobody either, and no word that only looks like a mark is one.
func TestDittoBelowANote(t *testing.T) {
	ro := list(t,
		child("name=Lò Văn Một", "birth=date:2013-01-14", "id=014213777771", "mother=bỏ đi", "motherid="),
		child("name=Lò Văn Hai", "birth=date:2014-05-14", "id=014214777772", "mother=nt", "motherid=", "ethnic=Nt Mông"))
	want := []string{"ethnicity.unknown  <nil>", "family.father_only  <nil>", "family.father_only  <nil>"}
	if got := offered(ro); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
