package roster

import (
	"fmt"
	"sync"
	"testing"
)

// TestFamilyCache: several goroutines that ask for more cells than are remembered get what parsing gives.
func TestFamilyCache(t *testing.T) {
	c := newFamilyCache()
	var all sync.WaitGroup
	for from := range 4 {
		all.Go(func() {
			for i := range 300 {
				text := fmt.Sprintf("Bố: Lò Văn A (%d); Mẹ: Vì Thị B", 1980+(i*(from+1))%150)
				if got, want := c.parse(text), ParseParents(text); got != want {
					t.Errorf("%s: %+v, want %+v", text, got, want)
				}
			}
		})
	}
	all.Wait()
	if got := (*familyCache)(nil).parse("Mẹ: Vì Thị B"); got != (Family{Mother: "Vì Thị B"}) {
		t.Errorf("without a cache: %+v", got)
	}
}
