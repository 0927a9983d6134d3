package handlers_test

import (
	"context"
	"strings"
	"testing"

	"lamsach/core/ledger"
	"lamsach/handlers"
)

type listStore = handlers.Lists // which has a method of its own name

// countedLists counts how often the people of a list are read.
type countedLists struct {
	listStore
	read int
}

// PeopleOf counts.
func (l *countedLists) PeopleOf(ctx context.Context, list string, use func(ledger.Person) error) error {
	l.read++
	return l.listStore.PeopleOf(ctx, list, use)
}

// TestLinksReadNobodyAnew: when somebody is found on the list of another unit, or is not there any more, the lists that lie open tell it as
// lists do that are read anew, and nobody on them is.
func TestLinksReadNobodyAnew(t *testing.T) {
	const head = "STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân | Bản | Họ tên mẹ\n"
	const mua = "1 | Mùa Thị Dợ | 15/04/2016 | Nữ | Mông | 014316001234 | Bản Bẹ | Thào Thị Mỷ\n"
	script := newScript(t, "-- taxua --\n"+head+mua+"2 | Lò Văn Thử | 09/02/2015 | | Thái | 014215000123 | Bản Bẹ | Lò Thị Ánh\n"+
		"-- bacyen --\n"+head+strings.Replace(mua, "Bẹ", "Lừm", 1)+"-- other --\n"+head+"1 | Hà Văn Sơn | 20/05/2018 | Nam | Thái | 014218006543 | Bản Lừm | Hà Thị Lan\n")
	w := script.world
	lists := &countedLists{listStore: w.options.Lists}
	w.options.Lists = lists
	w.bot = handlers.New(w.options)
	summary := func() string {
		t.Helper()
		script.play("lo> /danhsach\nlo> 1\n")
		return w.last("lo")
	}
	const found = "có trong danh sách của đơn vị khác 1"
	script.play("lo> /start {lo}\nha> /start {ha}\nlo> 📎 DS Ta Xua.xlsx = taxua\n")
	if text := summary(); strings.Contains(text, found) {
		t.Fatalf("before:\n%s", text)
	}
	script.play("ha> 📎 DS Bac Yen.xlsx = bacyen\n")
	linked := summary()
	if !strings.Contains(linked, found) {
		t.Errorf("nobody is told of:\n%s", linked)
	}
	script.play("lo> /sua\n")
	script.play("ha> /xoa\nha> 1\nha> 1\n")
	unlinked := summary()
	if strings.Contains(unlinked, found) {
		t.Errorf("the other list has gone:\n%s", unlinked)
	}
	if lists.read > 0 {
		t.Errorf("people were read %d times", lists.read)
	}
	w.restart()
	if anew := summary(); anew != unlinked {
		t.Errorf("read anew:\n%s\nnot:\n%s", anew, unlinked)
	}
}
