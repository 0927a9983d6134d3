package campaign

import (
	"lamsach/core/fault"
	"lamsach/core/officer"
)

// Era is a set of names for the roles: which bodies did the work when.
type Era string

// The eras.
const (
	Era2023 Era = "2023" // three levels, Lao động – Thương binh và Xã hội
	Era2026 Era = "2026" // two levels, Y tế and Phòng Văn hóa – Xã hội
)

var stepNames = map[string]string{
	"export": "campaign.step.export",
	"review": "campaign.step.review",
	"verify": "campaign.step.verify",
	"update": "campaign.step.update",
	"report": "campaign.step.report",
}

var listNames = map[string]string{
	"":            "campaign.list.all",
	"child":       "campaign.list.child",
	"beneficiary": "campaign.list.beneficiary",
}

var eventNames = map[Event]string{
	ListReceived: "campaign.event.list_received",
	ReviewDone:   "campaign.event.review_done",
	HandedOver:   "campaign.event.handed_over",
	Returned:     "campaign.event.returned",
	Updated:      "campaign.event.updated",
	Reported:     "campaign.event.reported",
}

var levelNames = map[officer.Level]string{
	officer.LevelCountry:  "campaign.level.country",
	officer.LevelProvince: "campaign.level.province",
	officer.LevelDistrict: "campaign.level.district",
	officer.LevelCommune:  "campaign.level.commune",
	officer.LevelHamlet:   "campaign.level.hamlet",
}

var partyNames = map[Era]map[Party]string{
	Era2023: {
		{officer.RoleSupervisor, officer.LevelCountry}:  "campaign.party.2023.supervisor_country",
		{officer.RoleSupervisor, officer.LevelProvince}: "campaign.party.2023.supervisor_province",
		{officer.RoleSupervisor, officer.LevelDistrict}: "campaign.party.2023.supervisor_district",
		{officer.RoleSupervisor, officer.LevelCommune}:  "campaign.party.2023.supervisor_commune",
		{officer.RolePolice, officer.LevelProvince}:     "campaign.party.2023.police_province",
		{officer.RolePolice, officer.LevelDistrict}:     "campaign.party.2023.police_district",
		{officer.RolePolice, officer.LevelCommune}:      "campaign.party.2023.police_commune",
		{officer.RoleOfficer, officer.LevelCommune}:     "campaign.party.2023.officer_commune",
		{officer.RoleRegistrar, officer.LevelCommune}:   "campaign.party.2023.registrar_commune",
		{officer.RoleHelper, officer.LevelHamlet}:       "campaign.party.2023.helper_hamlet",
	},
	Era2026: {
		{officer.RoleSupervisor, officer.LevelCountry}:  "campaign.party.2026.supervisor_country",
		{officer.RoleSupervisor, officer.LevelProvince}: "campaign.party.2026.supervisor_province",
		{officer.RoleSupervisor, officer.LevelCommune}:  "campaign.party.2026.supervisor_commune",
		{officer.RolePolice, officer.LevelProvince}:     "campaign.party.2026.police_province",
		{officer.RolePolice, officer.LevelCommune}:      "campaign.party.2026.police_commune",
		{officer.RoleOfficer, officer.LevelCommune}:     "campaign.party.2026.officer_commune",
		{officer.RoleRegistrar, officer.LevelCommune}:   "campaign.party.2026.registrar_commune",
		{officer.RoleHelper, officer.LevelHamlet}:       "campaign.party.2026.helper_hamlet",
	},
}

// named is a text that somebody wrote himself.
func named(name string) fault.Text { return fault.T("campaign.named", "Name", name) }

// Title is the step's name: the plan's own, or the usual one of its ID.
func (s Step) Title() fault.Text {
	if key := stepNames[s.ID]; s.Name == "" && key != "" {
		return fault.T(key)
	}
	if s.Name == "" {
		return named(s.ID)
	}
	return named(s.Name)
}

// Name is what has happened, "đã giao công an".
func (e Event) Name() fault.Text {
	if key := eventNames[e]; key != "" {
		return fault.T(key)
	}
	return named(string(e))
}

// Text says when a step is to be done, as plans write it.
func (d Days) Text() fault.Text {
	switch {
	case !d.Before.IsZero() && d.From.IsZero():
		return fault.T("campaign.days.before", "Before", d.Before)
	case !d.Before.IsZero():
		return fault.T("campaign.days.from_before", "From", d.From, "Before", d.Before)
	case d.To.IsZero():
		return fault.T("campaign.days.none")
	case d.From.IsZero():
		return fault.T("campaign.days.to", "To", d.To)
	}
	return fault.T("campaign.days.from_to", "From", d.From, "To", d.To)
}

// ListName is what a kind of list is called; the empty kind is all lists.
func ListName(kind string) fault.Text {
	if key := listNames[kind]; key != "" {
		return fault.T(key)
	}
	return named(kind)
}

// LevelName is what a level is called.
func LevelName(level officer.Level) fault.Text {
	if key := levelNames[level]; key != "" {
		return fault.T(key)
	}
	return named(level.String())
}

// PartyName is what a party is called in this campaign: the deployment's own name, or the era's, or the role's.
func (c Campaign) PartyName(p Party) fault.Text {
	if own := c.Names[p.String()]; own != "" {
		return named(own)
	}
	if key := partyNames[c.Era][p]; key != "" {
		return fault.T(key)
	}
	return fault.T(p.Role.Key())
}
