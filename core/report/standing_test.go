package report_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lamsach/core/campaign"
	"lamsach/core/difficulty"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/report"
)

// country is a small tree: two provinces, one with a district.
func country(t interface{ Fatal(...any) }) *officer.Tree {
	units := []officer.Unit{
		{Code: "VN", Name: "Việt Nam", Level: officer.LevelCountry},
		{Code: "14", Name: "Sơn La", Kind: "Tỉnh", Level: officer.LevelProvince, Parent: "VN"},
		{Code: "15", Name: "Lào Cai", Kind: "Tỉnh", Level: officer.LevelProvince, Parent: "VN"},
		{Code: "14B", Name: "Bắc Yên", Kind: "Huyện", Level: officer.LevelDistrict, Parent: "14"},
		{Code: "c4-01", Name: "Bản Bẹ", Level: officer.LevelHamlet, Parent: "c4"},
	}
	for i := range 5 {
		parent := []string{"14", "14B", "15", "14B", "15"}[i]
		units = append(units, officer.Unit{Code: fmt.Sprint("c", i), Name: fmt.Sprint("Xã thử ", i), Level: officer.LevelCommune, Parent: parent})
	}
	tree, err := officer.NewTree(units...)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestSumsReconcile: on every level the rows add up to the sum, and the sums of the levels agree, whatever was recorded where.
func TestSumsReconcile(t *testing.T) {
	tree := country(t)
	rapid.Check(t, func(t *rapid.T) {
		var from report.Sources
		kinds := []string{"child", "beneficiary"}
		small := rapid.IntRange(0, 40)
		for i := range 5 {
			for _, kind := range kinds {
				numbers := rapid.SliceOfN(small, ledger.Figures, ledger.Figures).Draw(t, "numbers")
				tally, err := ledger.ReadTally("", numbers)
				if err != nil {
					t.Fatal(err)
				}
				from.Units = append(from.Units, ledger.UnitTally{Unit: fmt.Sprint("c", i), Kind: kind, Lists: small.Draw(t, "lists"), Tally: tally})
			}
			from.Difficulties = append(from.Difficulties, difficulty.Count{Unit: fmt.Sprint("c", i), Raised: 3, Open: 1})
		}
		for range rapid.IntRange(0, 30).Draw(t, "facts") {
			from.Facts = append(from.Facts, campaign.Fact{
				Event: rapid.SampledFrom(campaign.Events()).Draw(t, "event"), List: rapid.SampledFrom(kinds).Draw(t, "list"),
				Unit: rapid.SampledFrom([]string{"c0", "c1", "c2", "c3", "c4", "14"}).Draw(t, "unit"), Count: small.Draw(t, "count"), Numbered: small.Draw(t, "numbered"),
				Unverified: map[string]int{campaign.ReasonDiffers: small.Draw(t, "differs")},
			})
		}
		kind := rapid.SampledFrom([]string{"", "child", "beneficiary"}).Draw(t, "kind")
		stand := func(unit string) report.Progress {
			p := report.Stand(tree, unit, kind, today, from)
			sum := report.Standing{Code: p.Sum.Code, Name: p.Sum.Name}
			for _, row := range p.Rows {
				sum.Lists += row.Lists
				sum.Counts.Add(row.Counts, 1)
				sum.Raised, sum.Stuck = sum.Raised+row.Raised, sum.Stuck+row.Stuck
				sum.Way.Sent, sum.Way.Returned = sum.Way.Sent+row.Way.Sent, sum.Way.Returned+row.Way.Returned
				sum.Way.Numbered, sum.Way.Updated = sum.Way.Numbered+row.Way.Numbered, sum.Way.Updated+row.Way.Updated
				for i, n := range row.Way.Unverified {
					sum.Way.Unverified[i] += n
				}
			}
			if diff := cmp.Diff(sum, p.Sum); diff != "" {
				t.Fatalf("%s: rows and sum differ:\n%s", unit, diff)
			}
			return p
		}
		top := stand("VN")
		for _, row := range top.Rows {
			below := stand(row.Code)
			below.Sum.Code, below.Sum.Name = row.Code, row.Name
			if diff := cmp.Diff(row, below.Sum); diff != "" {
				t.Fatalf("%s differs from what lies above it:\n%s", row.Code, diff)
			}
		}
		stand("14B")
	})
}

func TestWhatSeveralReceiveCountsOnce(t *testing.T) {
	police, office := campaign.Party{Role: officer.RolePolice, Level: officer.LevelCommune}, campaign.Party{Role: officer.RoleSupervisor, Level: officer.LevelProvince}
	from := report.Sources{Facts: []campaign.Fact{
		{Event: campaign.HandedOver, List: "child", Unit: "c0", To: police, Count: 120},
		{Event: campaign.HandedOver, List: "child", Unit: "c0", To: police, Count: 81},
		{Event: campaign.Returned, List: "child", Unit: "c0", To: office, Count: 150, Numbered: 140, Unverified: map[string]int{campaign.ReasonUnknown: 10}},
		{Event: campaign.Returned, List: "child", Unit: "c0", Count: 150, Numbered: 140, Unverified: map[string]int{campaign.ReasonUnknown: 10}},
		{Event: campaign.Updated, List: "beneficiary", Unit: "c0", Count: 7},
	}}
	got := report.Stand(country(t), "c0", "child", today, from).Sum.Way
	want := report.Way{Sent: 201, Returned: 150, Numbered: 140, Unverified: [5]int{10}}
	if diff := cmp.Diff(want, got); diff != "" || got.Refused() != 10 {
		t.Error(diff)
	}
}

func TestCommuneByHamlet(t *testing.T) {
	one := func(hamlet string, people int) ledger.Tally {
		return ledger.Tally{Hamlet: hamlet, Now: ledger.State{People: people, Open: people}}
	}
	from := report.Sources{Lists: []ledger.ListTally{
		{List: "l1", Kind: "child", Hamlets: []ledger.Tally{one("Bản Bẹ", 3), one("Bản Bé", 2), one("", 1)}},
		{List: "l2", Kind: "child", Hamlets: []ledger.Tally{one("BẢN BẸ", 4)}},
		{List: "l3", Kind: "beneficiary", Hamlets: []ledger.Tally{one("Bản Bẹ", 9)}},
	}}
	p := report.Stand(country(t), "c4", "child", today, from)
	if !p.Hamlets || p.Sum.Lists != 2 || p.Sum.Counts.Now.People != 10 || len(p.Rows) != 3 || p.Rows[2].Code != "c4-01" || p.Rows[2].Counts.Now.People != 7 {
		t.Errorf("%+v", p)
	}
	// A helper's hamlet alone.
	p = report.Stand(country(t), "c4-01", "child", today, from)
	if len(p.Rows) != 1 || p.Sum.Counts.Now.People != 7 || p.Sum.ToDo() != 7 {
		t.Errorf("%+v", p)
	}
}
