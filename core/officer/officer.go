// Package officer names the people who work with the lists (cán bộ, công chức), what they may be, and how they are let in.
package officer

import (
	"strings"
	"time"

	"lamsach/core/fault"
)

// Role is what somebody is in the cleaning of lists. The values are a contract with the command line.
type Role string

// The roles.
const (
	RoleOfficer    Role = "officer"    // công chức xã: owns the unit's lists
	RolePolice     Role = "police"     // công an xã: looks up and confirms what was handed over
	RoleSupervisor Role = "supervisor" // huyện, tỉnh: sees progress
	RoleHelper     Role = "helper"     // Đoàn, Hội, cộng tác viên: sees one hamlet
	RoleRegistrar  Role = "registrar"  // tư pháp – hộ tịch
	RoleAdmin      Role = "admin"      // keeps the installation
)

// Roles lists every role, in the order in which they are told.
func Roles() []Role {
	return []Role{RoleOfficer, RolePolice, RoleSupervisor, RoleHelper, RoleRegistrar, RoleAdmin}
}

// ParseRole reads a role as typed on a command line, in any case, blanks around it ignored.
// Its error is Invalid, "role.unknown" with the argument Role.
func ParseRole(text string) (Role, error) {
	want := Role(strings.ToLower(strings.TrimSpace(text)))
	for _, role := range Roles() {
		if role == want {
			return role, nil
		}
	}
	return "", fault.New(fault.Invalid, "role.unknown", "Role", text)
}

// Key is the text key of the role's name.
func (r Role) Key() string { return "role." + string(r) }

// Officer is a person bound to an account on a platform. Rights hang on Platform and Sender alone.
type Officer struct {
	ID       string
	Name     string // as the inviter wrote it; personal
	Role     Role
	UnitCode string // official code of the commune, district or province
	UnitName string
	Hamlet   string // RoleHelper: the one hamlet that they see
	Platform string
	Sender   string // the platform's numeric or opaque id of the account
}

// Invite is what a one-time code stands for.
type Invite struct {
	Role     Role
	UnitCode string
	UnitName string
	Hamlet   string
	Name     string // personal
	// MadeBy is the officer who invites, and has to confirm the account that uses the code; empty: the operator, on the command line,
	// whose word is enough.
	MadeBy   string
	Replaces string // the officer who gets a new account; empty: somebody new
	Phone    string // as ParsePhone gives it: the account must share this number; empty: none is asked for; personal

	ID      string    // of one that is kept; says nothing of its code
	Expires time.Time // of one that is kept
}

// Joining is an account that used an invitation, and what it is to become. Until State is Joined it has no right.
type Joining struct {
	Officer  // to be
	State    JoinState
	Claimed  string // what the account calls itself; anybody may call himself anything; personal
	MadeBy   string // see Invite
	Replaces string
	At       time.Time
}

// JoinState says what an account that used an invitation waits for.
type JoinState string

// The states of joining.
const (
	Joined        JoinState = ""        // for nothing: it is an officer's
	AwaitsPhone   JoinState = "phone"   // for the account to share its number
	AwaitsInviter JoinState = "inviter" // for the inviter to confirm it
)

// ParseInvite checks what was typed for an invitation: the role is known, the unit has a code, a helper has a hamlet.
// Its errors are Invalid: "role.unknown", "officer.invite.unit_missing", "officer.invite.hamlet_missing".
func ParseInvite(role, unitCode, unitName, hamlet, name string) (Invite, error) {
	parsed, err := ParseRole(role)
	if err != nil {
		return Invite{}, err
	}
	in := Invite{
		Role: parsed, UnitCode: strings.TrimSpace(unitCode), UnitName: strings.TrimSpace(unitName),
		Hamlet: strings.TrimSpace(hamlet), Name: strings.TrimSpace(name),
	}
	if in.UnitCode == "" {
		return Invite{}, fault.New(fault.Invalid, "officer.invite.unit_missing")
	}
	if in.Role == RoleHelper && in.Hamlet == "" {
		return Invite{}, fault.New(fault.Invalid, "officer.invite.hamlet_missing")
	}
	return in, nil
}
