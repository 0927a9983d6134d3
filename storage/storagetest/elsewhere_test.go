package storagetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestElsewhere(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		b.add("mine", "09661", 5)
		b.add("theirs", "09664", 3)
		b.add("again", "09664", 3)
		b.add("others", "09667", 2)
		found, err := b.Elsewhere(ctx, "09661", []string{person(1).NumberKey, person(2).NumberKey, person(4).NumberKey, "", person(1).NumberKey})
		ok(t, err)
		want := map[string][]string{person(1).NumberKey: {"09664", "09667"}, person(2).NumberKey: {"09664"}}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("units (-want +got):\n%s", diff)
		}
		if found, err := b.Elsewhere(ctx, "09661", nil); err != nil || len(found) != 0 {
			t.Errorf("nothing asked: %v %v", found, err)
		}
	})
}
