package cage

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"lamsach/core/fault"
)

// waitingCage makes a cage whose children do what the file says, and one of them waits.
func waitingCage(t *testing.T) *Cage {
	t.Helper()
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	c.Env = []string{"CAGE_TEST_CHILD=as told"}
	readWith(t, c)
	if c.waiting == nil {
		t.Fatal("nobody waits after a file was read")
	}
	return c
}

// readWith reads a file and tells which process did it.
func readWith(t *testing.T, c *Cage) (pid int) {
	t.Helper()
	book, err := c.Read(t.Context(), strings.NewReader("who"), 3)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, s := range book.Sheets {
		for row, err := range s.Rows {
			if err != nil {
				t.Fatal(err)
			}
			if pid, err = strconv.Atoi(row.Cells[1].Text); err != nil {
				t.Fatal(err)
			}
			rows++
		}
	}
	if rows != 600 {
		t.Fatalf("%d rows", rows)
	}
	return pid
}

// The child that waits reads the next file, one file only.
func TestWaitingChildReads(t *testing.T) {
	c := waitingCage(t)
	for range 3 {
		waiting := c.waiting.cmd.Process.Pid
		if got := readWith(t, c); got != waiting {
			t.Errorf("process %d read, %d waited", got, waiting)
		}
	}
}

// A child that died while it waited costs the file nothing.
func TestDeathWhileWaiting(t *testing.T) {
	c := waitingCage(t)
	waiting := c.waiting.cmd.Process
	if err := waiting.Kill(); err != nil {
		t.Fatal(err)
	}
	if got := readWith(t, c); got == waiting.Pid {
		t.Errorf("the dead process %d read a file", got)
	}
}

// A file that kills its child is not given to another.
func TestDeadlyFileIsReadOnce(t *testing.T) {
	c := waitingCage(t)
	c.Program = "/nowhere" // whoever tried again would fail otherwise
	_, err := c.Read(t.Context(), strings.NewReader("die"), 3)
	var said *fault.Error
	if !errors.As(err, &said) || said.Key != "file.gave_up" {
		t.Errorf("error %v", err)
	}
	if c.waiting != nil {
		t.Error("a child waits after trouble")
	}
}

// Nobody waits in a closed cage, and it still reads.
func TestClosedCage(t *testing.T) {
	c := waitingCage(t)
	waited := c.waiting
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if waited.cmd.ProcessState == nil {
		t.Error("the child that waited was not waited for")
	}
	readWith(t, c)
	if c.waiting != nil {
		t.Error("a child waits in a closed cage")
	}
}
