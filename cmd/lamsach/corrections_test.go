package main

import (
	"strings"
	"testing"
	"time"

	"lamsach/storage"
)

// checkCorrections looks into the store after the program ended: the audit chain holds, and no more corrections were
// recorded than answers were given, so none was taken twice.
func checkCorrections(t testing.TB, env []string, answers int) {
	t.Helper()
	w := world{ctx: t.Context(), stdout: t.Output(), stderr: t.Output(), now: time.Now}
	store, err := openStore(w, configOf(env), false)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.VerifyAudit(t.Context(), storage.AuditHead{}); err != nil {
		t.Error(err)
	}
	lists, err := store.Lists(t.Context(), "03868")
	if err != nil || len(lists) != 1 {
		t.Fatalf("%d lists, %v", len(lists), err)
	}
	lines, err := store.AuditOf(t.Context(), lists[0].ID, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	corrections := 0
	for _, l := range lines {
		if l.Action == "person.corrected" {
			corrections++
		}
	}
	if corrections == 0 || corrections > answers || corrections != lists[0].Revision {
		t.Errorf("%d corrections in the audit, revision %d, %d answers given", corrections, lists[0].Revision, answers)
	}
}

// configOf reads a test's environment.
func configOf(env []string) storeConfig {
	c := storeConfig{Log: "text", Lang: "vi"}
	for _, e := range env {
		if v, ok := strings.CutPrefix(e, "DATABASE_URL="); ok {
			c.Database = v
		}
		if v, ok := strings.CutPrefix(e, "LAMSACH_KEY_FILE="); ok {
			c.KeyFile = v
		}
	}
	return c
}
