package main

import (
	"testing"
	"time"
)

func TestDemoClockGoesForwardOnly(t *testing.T) {
	machine := time.Date(2026, 11, 27, 20, 30, 0, 0, time.UTC) // Saturday, 3:30 in Vietnam
	c := &demoClock{machine: func() time.Time { return machine }}
	days, err := zone()
	if err != nil {
		t.Fatal(err)
	}
	clock := c.shown(nil, "vi", days)
	if got := clock.Shown(); got != "Thứ Bảy, 03:30 28/11/2026" {
		t.Error(got)
	}
	c.forward(c.Now().Add(-time.Hour))
	if c.Now() != machine {
		t.Errorf("the clock went back to %v", c.Now())
	}
	c.forward(machine.Add(25 * time.Hour))
	machine = machine.Add(time.Minute) // the machine's own time goes on
	if got := clock.Shown(); got != "Chủ nhật, 04:31 29/11/2026" {
		t.Error(got)
	}
}
