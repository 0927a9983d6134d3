package main

import (
	"lamsach/bot"
	"lamsach/bot/web"
	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/storage"
)

// persona is one of the made-up people.
type persona struct {
	id, name, unit, unitName string
	role                     officer.Role
}

// personas are who can be played: officers of two communes, who must not see each other's lists, the police of one, and the province
// that watches over both.
var personas = []persona{
	{"demo-officer", "Lò Thị Thử", "03868", "Xã Tà Xùa, tỉnh Sơn La", officer.RoleOfficer},
	{"demo-police", "Cà Văn Canh", "03868", "Xã Tà Xùa, tỉnh Sơn La", officer.RolePolice},
	{"demo-supervisor", "Quàng Thị Trên", "14", "Tỉnh Sơn La", officer.RoleSupervisor},
	{"demo-neighbour", "Hà Văn Mẫu", "03856", "Xã Bắc Yên, tỉnh Sơn La", officer.RoleOfficer},
}

// settle gives the made-up people their roles.
func settle(w world, store *storage.Store) error {
	for _, who := range personas {
		_, err := store.OfficerOf(w.ctx, web.Name, who.id)
		if err == nil {
			continue // kept from the last time
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		invite := officer.Invite{Role: who.role, UnitCode: who.unit, UnitName: who.unitName, Name: who.name}
		code, err := store.AddInvite(w.ctx, invite, w.now().AddDate(0, 0, 1))
		if err != nil {
			return err
		}
		chat := bot.Chat{Platform: web.Name, ID: who.id}
		if _, err := store.UseInvite(w.ctx, bot.Ending{Op: "demo:" + code, Chat: chat}, code, chat, who.id, ""); err != nil {
			return err
		}
	}
	return nil
}
