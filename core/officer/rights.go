package officer

import (
	"slices"

	"lamsach/core/civil"
	"lamsach/core/fault"
)

// Relation is how a unit stands to an officer's own, as a set of one or, in the table, several.
type Relation uint8

// The relations.
const (
	Same  Relation = 1 << iota // the officer's own unit
	Above                      // one that the own unit lies in
	Below                      // one that lies in the own unit
	Other                      // any other, one that does not exist, or no longer
)

// Relations lists the single relations.
func Relations() []Relation { return []Relation{Same, Above, Below, Other} }

// String names a single relation, for logs.
func (r Relation) String() string {
	switch r {
	case Same:
		return "same"
	case Above:
		return "above"
	case Below:
		return "below"
	case Other:
		return "other"
	}
	return "several"
}

// Relation tells how another unit stands to one's own on a day. Units that do not exist on the day are Other to everybody.
func (t *Tree) Relation(own, other string, at civil.Date) Relation {
	mine, ok := t.units[own]
	theirs, known := t.units[other]
	switch {
	case !ok || !known || !mine.ValidAt(at) || !theirs.ValidAt(at):
		return Other
	case own == other:
		return Same
	}
	if up, ok := t.At(own, theirs.Level); ok && up.Code == other {
		return Above
	}
	if up, ok := t.At(other, mine.Level); ok && up.Code == own {
		return Below
	}
	return Other
}

// Action is something that an officer may do to a unit's people, lists or officers. The values stand in logs and in the audit.
type Action string

// The actions.
const (
	SendList       Action = "roster.send"       // put a list in
	DeleteList     Action = "roster.delete"     // take it away for good
	SeePeople      Action = "people.see"        // names, numbers, findings
	CorrectPeople  Action = "people.correct"    //
	AddPeople      Action = "people.add"        // children that the software does not know
	ExportPeople   Action = "people.export"     // the corrected file
	AssignPeople   Action = "people.assign"     // give a hamlet to a helper
	TakePeople     Action = "people.take"       // receive a cleaned list that was handed up
	SendHandover   Action = "handover.send"     // to the police
	SeeHandover    Action = "handover.see"      // what was handed over
	ReceiveList    Action = "handover.receive"  // confirm that it came
	ReturnList     Action = "handover.return"   // with numbers, or as unverified
	AcceptReturn   Action = "handover.accept"   // take the police's list back
	RecordUpdate   Action = "software.update"   // say that the software was brought up to date
	CheckRegister  Action = "register.check"    // compare with the civil-status register
	SendBirths     Action = "register.births"   // hand new-born children in
	SeeProgress    Action = "progress.see"      // counts, no people
	MakeReport     Action = "report.make"       //
	SeeReport      Action = "report.see"        //
	Raise          Action = "difficulty.raise"  //
	Answer         Action = "difficulty.answer" // or pass on
	SeeCampaign    Action = "campaign.see"      //
	MakeCampaign   Action = "campaign.make"     //
	ChangeCampaign Action = "campaign.change"   // move dates, end it
	Nudge          Action = "officers.nudge"    // remind those who are late
	Announce       Action = "officers.announce" // tell all
	InviteOfficer  Action = "officers.invite"   //
	SeeOfficers    Action = "officers.see"      // who joined
	Revoke         Action = "officers.revoke"   //
	MoveOfficer    Action = "officers.move"     // both the unit left and the unit gone to
	ReplacePhone   Action = "officers.replace"  // bind a person to a new account
	AddHamlets     Action = "units.add_hamlet"  //
	ChangeUnits    Action = "units.change"      // districts, mergers, names
	Configure      Action = "settings.change"   // holidays, hours, names of roles
	SeeAudit       Action = "audit.see"         //
)

// Actions lists every action.
func Actions() []Action {
	return []Action{
		SendList, DeleteList, SeePeople, CorrectPeople, AddPeople, ExportPeople, AssignPeople, TakePeople,
		SendHandover, SeeHandover, ReceiveList, ReturnList, AcceptReturn, RecordUpdate, CheckRegister, SendBirths,
		SeeProgress, MakeReport, SeeReport, Raise, Answer, SeeCampaign, MakeCampaign, ChangeCampaign, Nudge, Announce,
		InviteOfficer, SeeOfficers, Revoke, MoveOfficer, ReplacePhone, AddHamlets, ChangeUnits, Configure, SeeAudit,
	}
}

// rights is all that anybody may do: role × action × how the unit stands to the own one. What is not written here is refused.
// An admin keeps the installation and sees no people; a supervisor sees counts, and people only in lists that were handed up;
// a helper's own unit is one hamlet.
var rights = map[Role]map[Action]Relation{
	RoleOfficer: {
		SendList: Same, DeleteList: Same, SeePeople: Same | Below, CorrectPeople: Same | Below, AddPeople: Same | Below,
		ExportPeople: Same | Below, AssignPeople: Same | Below, AddHamlets: Same,
		SendHandover: Same, SeeHandover: Same, AcceptReturn: Same, RecordUpdate: Same,
		SeeProgress: Same | Below, MakeReport: Same, SeeReport: Same, Raise: Same, Answer: Below, SeeCampaign: Same | Above,
	},
	RolePolice: {
		SeeHandover: Same, ReceiveList: Same, ReturnList: Same,
		SeeProgress: Same | Below, SeeReport: Same | Below, Raise: Same, Answer: Below, SeeCampaign: Same | Above, Nudge: Below,
	},
	RoleSupervisor: {
		SendList: Below, TakePeople: Below, AcceptReturn: Below, RecordUpdate: Same | Below,
		SeeProgress: Same | Below, MakeReport: Same, SeeReport: Same | Below, Raise: Same, Answer: Same | Below,
		SeeCampaign: Same | Above | Below, MakeCampaign: Same, ChangeCampaign: Same, Nudge: Below, Announce: Below,
		InviteOfficer: Below, SeeOfficers: Same | Below, Revoke: Below, MoveOfficer: Below, ReplacePhone: Below, AddHamlets: Below,
	},
	RoleHelper: {
		SeePeople: Same, CorrectPeople: Same, AddPeople: Same, SeeProgress: Same, Raise: Same, SeeCampaign: Same | Above,
	},
	RoleRegistrar: {
		CheckRegister: Same, SendBirths: Same, Raise: Same, SeeCampaign: Same | Above,
	},
	RoleAdmin: {
		SeeProgress: Same | Below, SeeCampaign: Same | Above | Below, MakeCampaign: Same | Below, ChangeCampaign: Same | Below,
		Announce: Same | Below, InviteOfficer: Same | Below, SeeOfficers: Same | Below, Revoke: Same | Below, MoveOfficer: Same | Below,
		ReplacePhone: Same | Below, AddHamlets: Same | Below, ChangeUnits: Same | Below, Configure: Same | Below, SeeAudit: Same | Below,
	},
}

// seats says on which levels a role is held, and by whom it is given.
var seats = map[Role]struct {
	Levels []Level
	Givers []Role
}{
	RoleOfficer:    {[]Level{LevelCommune}, []Role{RoleSupervisor, RoleAdmin}},
	RolePolice:     {[]Level{LevelProvince, LevelDistrict, LevelCommune}, []Role{RoleSupervisor, RoleAdmin}},
	RoleSupervisor: {[]Level{LevelCountry, LevelProvince, LevelDistrict, LevelCommune}, []Role{RoleSupervisor, RoleAdmin}},
	RoleHelper:     {[]Level{LevelHamlet}, []Role{RoleSupervisor, RoleAdmin}},
	RoleRegistrar:  {[]Level{LevelCommune}, []Role{RoleSupervisor, RoleAdmin}},
	RoleAdmin:      {[]Level{LevelCountry, LevelProvince, LevelDistrict, LevelCommune}, []Role{RoleAdmin}},
}

// Allows reports whether the table gives a role an action on units that stand so to its own. A set of several is no relation.
func Allows(role Role, do Action, relation Relation) bool {
	return slices.Contains(Relations(), relation) && rights[role][do]&relation != 0
}

// May tells whether an officer, of the unit with code own, may do something to a unit on a day; nil is yes. A refusal is Forbidden
// and says why: "right.refused.action" (the role never may), "right.refused.unit" (not on that unit), "right.refused.unit_unknown",
// "right.refused.unit_ended" (it does not exist on the day), "right.refused.own_unit" (the officer's own does not). Its arguments
// are codes for the log: Role, Action, Relation.
func (t *Tree) May(role Role, own string, do Action, unit string, at civil.Date) error {
	relation := t.Relation(own, unit, at)
	if Allows(role, do, relation) {
		return nil
	}
	return fault.New(fault.Forbidden, t.refusal(role, own, do, unit, at),
		"Role", string(role), "Action", string(do), "Relation", relation.String())
}

// refusal gives the key of the reason why May refused.
func (t *Tree) refusal(role Role, own string, do Action, unit string, at civil.Date) string {
	mine, ok := t.units[own]
	theirs, known := t.units[unit]
	switch {
	case rights[role][do] == 0:
		return "right.refused.action"
	case !ok || !mine.ValidAt(at):
		return "right.refused.own_unit"
	case !known:
		return "right.refused.unit_unknown"
	case !theirs.ValidAt(at):
		return "right.refused.unit_ended"
	}
	return "right.refused.unit"
}

// MayGive tells whether somebody may invite a person into a role of a unit, or give it to somebody who is there; nil is yes. Its
// errors are those of May for InviteOfficer, and Forbidden "right.refused.role" (the giver's role does not give this one) and Invalid
// "right.refused.seat" (the role is not held on such a level).
func (t *Tree) MayGive(giver Role, own string, role Role, unit string, at civil.Date) error {
	if err := t.May(giver, own, InviteOfficer, unit, at); err != nil {
		return err
	}
	if !Gives(giver, role) {
		return fault.New(fault.Forbidden, "right.refused.role", "Role", string(giver), "Action", string(InviteOfficer), "Other", string(role))
	}
	return t.Seat(role, unit)
}

// Seat tells whether a role can be held in a unit at all; nil is yes. Its errors are NotFound, "unit.unknown", and Invalid,
// "right.refused.seat".
func (t *Tree) Seat(role Role, unit string) error {
	u, ok := t.units[unit]
	switch {
	case !ok:
		return fault.New(fault.NotFound, "unit.unknown", "Code", unit)
	case !Held(role, u.Level):
		return fault.New(fault.Invalid, "right.refused.seat", "Role", string(role), "Level", u.Level.String())
	}
	return nil
}

// Held reports whether a role is held on a level at all.
func Held(role Role, level Level) bool { return slices.Contains(seats[role].Levels, level) }

// Has reports whether the table gives a role an action on any unit at all.
func Has(role Role, do Action) bool { return rights[role][do] != 0 }

// Gives reports whether a role may give another one to people, wherever.
func Gives(giver, role Role) bool { return slices.Contains(seats[role].Givers, giver) }
