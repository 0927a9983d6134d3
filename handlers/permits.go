package handlers

import (
	"slices"

	"lamsach/core/fault"
	"lamsach/core/officer"
)

// permits says for everything that can be asked for which action its asker's role must have, on one unit at least; several: one of them;
// none: it is about nobody but the asker. What does not stand here is refused to all. The handler then judges the unit, where the facts
// are: this table alone lets nobody see anything.
//
// Commands begin with "/", forms with "form:"; the rest are routes of buttons.
var permits = map[string][]officer.Action{
	"/start": {}, "/help": {}, "/giup": {}, "/ngonngu": {}, "/huy": {},
	"help": {}, "lang": {}, "language": {}, "leave": {}, "form": {},

	"/danhsach": {officer.SeePeople}, "lists": {officer.SeePeople}, "open": {officer.SeePeople},
	"/sua": {officer.SeePeople}, "r": {officer.SeePeople}, "/dongbo": {officer.SeePeople},
	"/xuat": {officer.ExportPeople},
	"again": {officer.SendList}, "update": {officer.SendList}, "column": {officer.SendList},

	"/donvi": {officer.AddHamlets, officer.ChangeUnits}, "unit": {officer.AddHamlets, officer.ChangeUnits},
	"addhamlets": {officer.AddHamlets}, "form:hamlets": {officer.AddHamlets},
	"renameunit": {officer.AddHamlets, officer.ChangeUnits}, "form:rename": {officer.AddHamlets, officer.ChangeUnits},
	"endunit": {officer.AddHamlets, officer.ChangeUnits}, "form:endunit": {officer.AddHamlets, officer.ChangeUnits},

	"/canbo": {officer.SeeOfficers}, "staff": {officer.SeeOfficers}, "staffpage": {officer.SeeOfficers}, "person": {officer.SeeOfficers},
	"joining": {officer.InviteOfficer}, "admit": {officer.InviteOfficer}, "turnaway": {officer.InviteOfficer}, "dropcode": {officer.InviteOfficer},
	"invite": {officer.InviteOfficer}, "form:invite": {officer.InviteOfficer},
	"replace": {officer.ReplacePhone}, "form:replace": {officer.ReplacePhone},
	"revoke": {officer.Revoke}, "form:revoke": {officer.Revoke},
	"move": {officer.MoveOfficer}, "form:move": {officer.MoveOfficer},

	"/xoa": {officer.DeleteList}, "form:delete": {officer.DeleteList},

	"/kehoach": {officer.SeeCampaign}, "/han": {officer.SeeCampaign}, "plans": {officer.SeeCampaign}, "plan": {officer.SeeCampaign},
	"drawplan": {officer.SeeCampaign}, "han": {officer.SeeCampaign}, "deed": {officer.SeeCampaign}, "form:deed": {officer.SeeCampaign},
	"takeback": {officer.SeeCampaign}, "page": {officer.SeeCampaign},
	"newplan": {officer.MakeCampaign}, "form:plan": {officer.MakeCampaign},
	"moveplan": {officer.ChangeCampaign}, "form:moveplan": {officer.ChangeCampaign},
	"endplan": {officer.ChangeCampaign}, "form:endplan": {officer.ChangeCampaign},

	"/tiendo": {officer.SeeProgress}, "progress": {officer.SeeProgress}, "progresspicture": {officer.SeeProgress},
	"progressbook": {officer.SeeProgress},
	"/baocao":      {officer.SeeReport}, "reports": {officer.SeeReport}, "report": {officer.SeeReport},
	"makereport": {officer.MakeReport}, "form:report": {officer.MakeReport},

	"/nhac": {}, "mute": {}, "putoff": {}, "!remind": {}, "/ngaynghi": {officer.Configure},
	"/thongbao": {officer.Announce, officer.SeeOfficers}, "announce": {officer.Announce}, "form:announce": {officer.Announce},
	"unsent": {officer.SeeOfficers}, "form:nudge": {officer.Nudge},

	"/vuongmac": {officer.Raise, officer.Answer}, "difficulties": {officer.Raise, officer.Answer}, "difficulty": {officer.Raise, officer.Answer},
	"photo": {officer.Raise, officer.Answer}, "raise": {officer.Raise}, "form:raise": {officer.Raise},
	"answer": {officer.Answer}, "form:answer": {officer.Answer}, "pass": {officer.Answer}, "form:pass": {officer.Answer},
	"reopen": {officer.Raise}, "form:reopen": {officer.Raise}, "settled": {officer.Raise},
}

// permitted tells whether a role may ask for something at all.
func permitted(role officer.Role, what string) bool {
	needs, known := permits[what]
	return known && (len(needs) == 0 || slices.ContainsFunc(needs, func(do officer.Action) bool { return officer.Has(role, do) }))
}

// permit refuses what the asker's role never may; the refusal is logged.
func (t *turn) permit(what string) error {
	if permitted(t.who.Role, what) {
		return nil
	}
	t.b.Log.Warn("refused", "chat", t.u.Chat.String(), "officer", t.who.ID, "role", string(t.who.Role), "asked", what, "why", "right.refused.action")
	if !officer.Has(t.who.Role, officer.SeePeople) && slices.ContainsFunc(permits[what], aboutLists) {
		return fault.New(fault.Forbidden, "chat.no_lists_for_role")
	}
	return fault.New(fault.Forbidden, "right.refused.action")
}

func aboutLists(do officer.Action) bool {
	return do == officer.SeePeople || do == officer.SendList || do == officer.ExportPeople
}

// CommandsOf lists the commands that a role may ask for, in the order of Commands.
func CommandsOf(role officer.Role) []string {
	return slices.DeleteFunc(Commands(), func(name string) bool { return !permitted(role, "/"+name) })
}

// StrangerCommands lists what somebody without a role is told of.
func StrangerCommands() []string { return []string{"start"} }
