package check

import (
	"reflect"
	"testing"

	"lamsach/core/alike"
)

// What is kept for everybody stays small, and the garbage collector has nothing to look for in it.
func TestKeptForEverybody(t *testing.T) {
	for _, c := range []struct {
		kept reflect.Type
		most uintptr // bytes
	}{{reflect.TypeFor[facts](), 64}, {reflect.TypeFor[alike.Person](), 48}} {
		if c.kept.Size() > c.most {
			t.Errorf("%s takes %d bytes, more than %d", c.kept, c.kept.Size(), c.most)
		}
		if at := pointerIn(c.kept); at != "" {
			t.Errorf("%s%s holds a pointer", c.kept, at)
		}
	}
	if at := pointerIn(reflect.TypeFor[struct{ a struct{ b string } }]()); at != ".a.b" {
		t.Errorf("a text is found at %q", at)
	}
}

// pointerIn names the first field that holds a pointer; "" when none does.
func pointerIn(of reflect.Type) string {
	if of.Kind() != reflect.Struct {
		if of.Kind() > reflect.Complex128 {
			return "." // a map, a text, a slice …
		}
		return ""
	}
	for i := range of.NumField() {
		switch f := of.Field(i); pointerIn(f.Type) {
		case "":
		case ".":
			return "." + f.Name
		default:
			return "." + f.Name + pointerIn(f.Type)
		}
	}
	return ""
}
