package campaign

import (
	"slices"
	"time"

	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// The templates.
const (
	BacYen2023   = "bac-yen-2023"    // plan of a district with two streams, three levels, dates of 2023
	TwoLevels    = "two-levels"      // the same plan for province and commune, without dates
	Ministry2513 = "ministry-2513"   // the four steps of letter 2513/LĐTBXH-TTTT, names of 2022, without dates
	MinistryNow  = "ministry-2513-2" // the same steps with the names of today
)

// Templates lists the IDs of the plans that are built in.
func Templates() []string { return []string{BacYen2023, TwoLevels, Ministry2513, MinistryNow} }

// FromTemplate makes a campaign, in its first revision, of a built-in plan for a unit and the communes that it covers. Dates that
// the paper does not set stay empty, and Validate asks for them. Its error is NotFound, "campaign.template_unknown".
func FromTemplate(template, id, unit string, units []string) (Campaign, error) {
	var c Campaign
	switch template {
	case BacYen2023:
		c = bacYen()
	case TwoLevels:
		c = twoLevels(bacYen())
	case Ministry2513:
		c = ministry()
	case MinistryNow:
		c = twoLevels(ministry())
	default:
		return Campaign{}, fault.New(fault.NotFound, "campaign.template_unknown", "ID", template)
	}
	c.ID, c.Revision, c.Unit, c.Units, c.Zone = id, 1, unit, slices.Clone(units), "Asia/Ho_Chi_Minh"
	return c, nil
}

// The parties of the plans.
var (
	communeOfficer     = Party{officer.RoleOfficer, officer.LevelCommune}
	communePolice      = Party{officer.RolePolice, officer.LevelCommune}
	districtPolice     = Party{officer.RolePolice, officer.LevelDistrict}
	districtSupervisor = Party{officer.RoleSupervisor, officer.LevelDistrict}
	provinceSupervisor = Party{officer.RoleSupervisor, officer.LevelProvince}
)

// bacYen is the plan of UBND huyện Bắc Yên of 2023, sections II and III. Children go back to the commune's officer and to the
// district, which updates the software; beneficiaries go back to the district, and the communes update.
func bacYen() Campaign {
	on := func(month time.Month, day int) civil.Date { return civil.Date{Year: 2023, Month: month, Day: day} }
	export := Step{
		ID: "export", Owes: districtSupervisor, From: on(9, 30), To: on(10, 3),
		Facts: []Event{ListReceived}, Receivers: []Party{communeOfficer},
	}
	review := Step{
		ID: "review", Owes: communeOfficer, From: on(10, 4), To: on(10, 15),
		After: []Event{ListReceived}, Facts: []Event{ReviewDone, HandedOver}, Receivers: []Party{communePolice},
	}
	verify := Step{
		ID: "verify", Owes: communePolice, From: on(10, 4), To: on(10, 15),
		After: []Event{HandedOver}, Facts: []Event{Returned}, EachReceives: true, Escalates: []Party{districtPolice},
	}
	update := Step{ID: "update", After: []Event{Returned}, Facts: []Event{Updated}}

	children := []Step{export, review, verify, update}
	children[2].Receivers = []Party{communeOfficer, districtSupervisor}
	children[3].Owes, children[3].Before = districtSupervisor, on(11, 10)

	beneficiaries := []Step{export, review, verify, update}
	beneficiaries[1].From = on(10, 1)
	beneficiaries[2].From = on(10, 1)
	beneficiaries[2].Receivers = []Party{districtSupervisor}
	beneficiaries[3].Owes, beneficiaries[3].Before = communeOfficer, on(10, 31)

	return Campaign{
		Name:    "Chuẩn hóa và làm sạch dữ liệu trẻ em, đối tượng bảo trợ thực hiện Đề án 06",
		Streams: []Stream{{Kind: "child", Steps: children}, {Kind: "beneficiary", Steps: beneficiaries}},
		Common: []Step{{
			ID: "report", Owes: districtSupervisor, Before: on(11, 15), Of: officer.LevelDistrict, Facts: []Event{Reported},
			Receivers:  []Party{provinceSupervisor},
			Addressees: []string{"Thường trực UBND huyện", "Sở Lao động – Thương binh và Xã hội", "UBND tỉnh"},
		}},
		Escalates: []Party{districtSupervisor, provinceSupervisor},
		Digests:   []Party{districtSupervisor, districtPolice},
		Era:       Era2023,
	}
}

// ministry is the process of letter 2513/LĐTBXH-TTTT of 14 July 2022: four steps for children, without dates.
func ministry() Campaign {
	return Campaign{
		Name: "Chuẩn hóa và làm sạch dữ liệu trẻ em thực hiện Đề án 06", PaperNo: "2513/LĐTBXH-TTTT",
		Streams: []Stream{{Kind: "child", Steps: []Step{
			{ID: "export", Owes: communeOfficer, Facts: []Event{ListReceived}},
			{ID: "review", Owes: communeOfficer, After: []Event{ListReceived}, Facts: []Event{ReviewDone, HandedOver}, Receivers: []Party{communePolice}},
			{ID: "verify", Owes: communePolice, After: []Event{HandedOver}, Facts: []Event{Returned}, Receivers: []Party{communeOfficer}, EachReceives: true},
			{ID: "update", Owes: communeOfficer, After: []Event{Returned}, Facts: []Event{Updated}},
		}}},
		Escalates: []Party{districtSupervisor, provinceSupervisor},
		Digests:   []Party{districtSupervisor},
		Era:       Era2023,
	}
}

// twoLevels gives a plan of three levels to province and commune, with the names of today and without its dates.
func twoLevels(c Campaign) Campaign {
	lift := func(p *Party) {
		if p.Level == officer.LevelDistrict {
			p.Level = officer.LevelProvince
		}
	}
	liftAll := func(parties []Party) []Party {
		var lifted []Party
		for _, p := range parties {
			if lift(&p); !slices.Contains(lifted, p) {
				lifted = append(lifted, p)
			}
		}
		return lifted
	}
	liftSteps := func(steps []Step) {
		for i := range steps {
			s := &steps[i]
			lift(&s.Owes)
			if s.Of == officer.LevelDistrict {
				s.Of = officer.LevelProvince
				s.Receivers = []Party{{officer.RoleSupervisor, officer.LevelCountry}}
			}
			s.Receivers, s.Escalates, s.Addressees = liftAll(s.Receivers), liftAll(s.Escalates), nil
			s.From, s.To, s.Before = civil.Date{}, civil.Date{}, civil.Date{}
		}
	}
	for _, stream := range c.Streams {
		liftSteps(stream.Steps)
	}
	liftSteps(c.Common)
	c.Escalates, c.Digests, c.Era = liftAll(c.Escalates), liftAll(c.Digests), Era2026
	return c
}
