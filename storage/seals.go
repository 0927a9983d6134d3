package storage

import "lamsach/storage/seal"

// seals holds a sealer for every sealed column and a keyed hash for every searched value.
type seals struct {
	inbox, outbox                        *seal.Column
	officer, invite, upload              *seal.Column
	joining                              *seal.Column
	fileSummary, filePart                *seal.Column
	listCard, listInfo                   *seal.Column
	cells, decided, block                *seal.Column
	label, changes                       *seal.Column
	campaign, campaignNote, push         *seal.Column
	webEvent, session, draft, entries    *seal.Column
	number, name, file, code, web, audit *seal.Hash
	phone                                *seal.Hash
	tally, report                        *seal.Column
	check, mother                        *seal.Hash
}

func newSeals(s *seal.Sealer) seals {
	return seals{
		inbox: s.Column("inbox", "body"), outbox: s.Column("outbox", "body"),
		officer: s.Column("officers", "person"), invite: s.Column("invites", "person"), joining: s.Column("joining", "person"), upload: s.Column("uploads", "sent"),
		fileSummary: s.Column("files", "summary"), filePart: s.Column("file_parts", "body"),
		listCard: s.Column("lists", "card"), listInfo: s.Column("lists", "info"),
		cells: s.Column("people", "cells"), decided: s.Column("people", "decided"),
		block: s.Column("people_blocks", "body"),
		label: s.Column("corrections", "label"), changes: s.Column("corrections", "changes"),
		webEvent: s.Column("web_events", "body"), session: s.Column("sessions", "body"),
		draft: s.Column("drafts", "body"), entries: s.Column("difficulties", "entries"),
		campaign: s.Column("campaigns", "body"), campaignNote: s.Column("campaign_facts", "note"), push: s.Column("pushes", "body"),
		number: s.Hash("number"), name: s.Hash("name"), file: s.Hash("file"), code: s.Hash("invite"), web: s.Hash("web"),
		phone: s.Hash("phone"),
		audit: s.Hash("audit"), check: s.Hash("check"),
		mother: s.Hash("mother"),
		tally:  s.Column("tallies", "body"),
		report: s.Column("reports", "body"),
	}
}
