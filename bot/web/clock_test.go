package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestDemoMovesItsClock(t *testing.T) {
	day := 1
	h := open(t, demoOptions, func(o *Options) {
		o.Demo.Clock = &Clock{
			Shown: func() string { return "ngày " + strings.Repeat("I", day) },
			Moves: []Move{
				{ID: "day", Label: "Thêm một ngày", Do: func(context.Context) error { day++; return nil }},
				{ID: "break", Label: "Hỏng", Do: func(context.Context) error { return errors.New("secret cause") }},
			},
		}
	})
	b := h.visitor()
	if _, page := b.get("/"); !strings.Contains(page, `data-move="day"`) || !strings.Contains(page, "ngày I<") {
		t.Error("the page has no clock")
	}
	b.person = "officer"
	if status, _ := b.post("/clock", `{"move":"day"}`); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	if status, body := b.get("/clock"); status != http.StatusOK || strings.TrimSpace(body) != `{"now":"ngày II"}` {
		t.Errorf("%d %s", status, body)
	}
	for body, want := range map[string]int{
		`{"move":"none"}`: http.StatusNotFound, `{"move":"day","x":1}`: http.StatusBadRequest, `{`: http.StatusBadRequest,
		`{"move":"break"}`: http.StatusServiceUnavailable,
	} {
		if status, answer := b.post("/clock", body); status != want || strings.Contains(answer, "secret") {
			t.Errorf("%s: %d %s, want %d", body, status, answer, want)
		}
	}
	if day != 2 {
		t.Errorf("the clock moved to day %d", day)
	}
}

func TestNoClockWithoutADemoOfOne(t *testing.T) {
	for name, options := range map[string][]func(*Options){"demo": {demoOptions}, "real": nil} {
		b := open(t, options...).visitor()
		if status, _ := b.post("/clock", `{"move":"day"}`); status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			t.Errorf("%s: status %d", name, status)
		}
	}
}
