package xlsx_test

import (
	"bytes"
	"os"
	"testing"

	"lamsach/core/fault"
	"lamsach/paper/cells"
	"lamsach/paper/xlsx"
)

// password of the protected workbooks in testdata: standard.xlsx was written by LibreOffice 7.4, agile.xlsx by xlsx-populate 1.21.
const password = "thử mật khẩu 1"

func protected(t testing.TB, kind string) []byte {
	t.Helper()
	content, err := os.ReadFile("../testdata/protected-" + kind + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestUnlock(t *testing.T) {
	for _, kind := range []string{"agile", "standard"} {
		t.Run(kind, func(t *testing.T) {
			content := protected(t, kind)
			plain, err := xlsx.Unlock(bytes.NewReader(content), int64(len(content)), password)
			if err != nil {
				t.Fatal(err)
			}
			book, err := xlsx.Open(bytes.NewReader(plain), int64(len(plain)), cells.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			rows := 0
			for _, err := range book.Roster().Sheets[0].Rows {
				if err != nil {
					t.Fatal(err)
				}
				rows++
			}
			if rows < 40 {
				t.Errorf("%d rows", rows)
			}
			for _, wrong := range []string{"", "thu mat khau 1", password + " "} {
				if _, err := xlsx.Unlock(bytes.NewReader(content), int64(len(content)), wrong); !fault.Is(err, fault.Forbidden) {
					t.Errorf("password %q: %v", wrong, err)
				}
			}
		})
	}
}

// A protected file that is damaged, or none at all, is refused and nothing worse.
func TestUnlockDamaged(t *testing.T) {
	for _, kind := range []string{"agile", "standard"} {
		whole := protected(t, kind)
		for at := 0; at < len(whole); at += len(whole) / 2 {
			for _, content := range [][]byte{whole[:at], flipped(whole, at)} {
				plain, err := xlsx.Unlock(bytes.NewReader(content), int64(len(content)), password)
				if _, told := fault.As(err); err != nil && !told {
					t.Fatalf("%s, byte %d: %v", kind, at, err)
				}
				if err == nil {
					_, _ = xlsx.Open(bytes.NewReader(plain), int64(len(plain)), cells.DefaultLimits())
				}
			}
		}
	}
}

// A file that wants its password hashed for hours is refused at once.
func TestUnlockWithoutEnd(t *testing.T) {
	content := bytes.Replace(protected(t, "agile"), []byte(`spinCount="100000"`), []byte(`spinCount="999999999"`), -1)
	if _, err := xlsx.Unlock(bytes.NewReader(content), int64(len(content)), password); !fault.Is(err, fault.Unreadable) {
		t.Errorf("error %v", err)
	}
}

func flipped(content []byte, at int) []byte {
	content = bytes.Clone(content)
	content[at] ^= 0xff
	return content
}
