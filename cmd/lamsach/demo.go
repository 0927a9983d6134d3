package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"lamsach/bot/web"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/sample"
	"lamsach/paper/xlsx"
	"lamsach/storage/session"
)

// demoCommand lets anybody try the program: everything is made up and is gone when it ends.
type demoCommand struct {
	Addr string `name:"addr" default:"127.0.0.1:8686" help:"HOST:PORT of the page; port 0 chooses a free one."`
	Lang string `name:"lang" env:"LAMSACH_LANG" enum:"vi,en" default:"vi" help:"vi or en."`
	Log  string `name:"log" env:"LAMSACH_LOG" enum:"text,json" default:"text" help:"Form of the log: text or json."`
	Keep string `name:"keep" type:"path" help:"A folder for the store, so that it is there next time; default: a temporary one."`

	rulesConfig
}

// Run serves the page until it is asked to stop.
func (c demoCommand) Run(w world) (err error) {
	policy, err := c.rulesConfig.policy()
	if err != nil {
		return err
	}
	days, err := zone()
	if err != nil {
		return err
	}
	clock := &demoClock{machine: w.now}
	w.now = clock.Now
	folder := c.Keep
	if folder == "" {
		folder, err = os.MkdirTemp("", "lamsach-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
	}
	config := storeConfig{
		Database: "sqlite:" + filepath.Join(folder, "lamsach.db"), KeyFile: filepath.Join(folder, "lamsach.key"),
		Log: c.Log, Lang: c.Lang, policy: policy,
	}
	store, err := openStore(w, config, false)
	if err != nil {
		return err
	}
	p, err := wire(w, config, store, session.NewSQL(store), config.logger(w))
	if err != nil {
		return err
	}
	defer func() {
		if closing := p.close(); err == nil {
			err = closing
		}
	}()
	if err := settle(w, store); err != nil {
		return err
	}
	if err := plan(w, store, civil.Of(w.now().In(days))); err != nil {
		return err
	}
	site, err := newSite(w, p, c.Lang, false, c.beside(w, clock.shown(store, c.Lang, days)))
	if err != nil {
		return err
	}
	p.platforms = append(p.platforms, site)
	mux := http.NewServeMux()
	mux.Handle("/", site)
	if err := p.listen(c.Addr, mux); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s http://%s/\n", words(c.Lang, fault.T("cli.demo.open")), p.listener.Addr())
	return p.run(w.ctx)
}

// beside is what stands beside the chat.
func (c demoCommand) beside(w world, clock *web.Clock) *web.Demo {
	d := &web.Demo{Clock: clock}
	for _, who := range personas {
		d.Personas = append(d.Personas, web.Persona{
			ID: who.id, Name: who.name, Role: words(c.Lang, fault.T("cli.demo.persona", "Role", fault.T(who.role.Key()), "Unit", who.unitName)),
		})
	}
	for i, s := range []struct {
		key, layout, name string
		rows              int
		faults            float64
	}{
		{"cli.demo.sample.official", "official", "DS tre em Ta Xua.xlsx", 320, 0.25},
		{"cli.demo.sample.plain", "plain", "Xuat tu phan mem.xlsx", 120, 0.2},
		{"cli.demo.sample.split", "split", "DS ban Be.xlsx", 60, 0.3},
		{"cli.demo.sample.clean", "plain", "DS gan sach.xlsx", 40, 0.1},
	} {
		d.Samples = append(d.Samples, web.Sample{
			ID: fmt.Sprintf("s%d", i), Label: words(c.Lang, fault.T(s.key, "N", s.rows)), Name: s.name,
			MIME: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			Open: func(context.Context) (io.ReadCloser, error) {
				body, _, err := sampleFile(sample.Options{
					Layout: s.layout, Rows: s.rows, Seed: uint64(i + 1), FaultRate: s.faults, AsOf: civil.Of(w.now()),
				})
				return io.NopCloser(bytes.NewReader(body)), err
			},
		})
	}
	return d
}

// sampleFile makes a workbook of made-up people.
func sampleFile(o sample.Options) ([]byte, sample.Truth, error) {
	if err := o.Valid(); err != nil {
		return nil, sample.Truth{}, errors.Join(errors.New("sample"), err)
	}
	grid, truth := sample.Make(o)
	var out bytes.Buffer
	if err := xlsx.WriteGrid(&out, grid); err != nil {
		return nil, truth, err
	}
	return out.Bytes(), truth, nil
}
