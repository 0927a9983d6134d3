package handlers

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lamsach/core/fault"
	"lamsach/core/officer"
	"lamsach/core/report"
	"lamsach/core/viet"
)

// formReport asks for what stands around the figures of a report. What was said the last time is offered again.
const formReport = "report"

// mostFrame is how long an answer of the form may be, in letters.
const mostFrame = 200

func reportForm() form {
	return form{
		steps: []formStep{
			{id: "sort", ask: askSort, take: takeSort},
			{id: "kind", ask: askReportKind, take: takeReportKind},
			{id: "issuer", ask: askFrame("issuer"), take: takeFrame("issuer")},
			{id: "symbol", ask: askFrame("symbol"), take: takeFrame("symbol")},
			{id: "place", ask: askFrame("place"), take: takeFrame("place")},
			{id: "post", ask: askFrame("post"), take: takeFrame("post")},
			{id: "signer", ask: askFrame("signer"), take: takeFrame("signer"), optional: true},
			{id: "recipients", ask: askFrame("recipients"), take: takeFrame("recipients")},
			{id: "sure", ask: askReportSure, take: takeSure},
		},
		done: issue,
	}
}

func askSort(_ context.Context, _ *turn, _ draft) (v view, err error) {
	v.line("paper.ask.sort")
	for _, s := range report.Sorts() {
		v.row(viewChoice{do: pick(string(s)), label: sortName(s)})
	}
	return v, nil
}

func takeSort(_ context.Context, _ *turn, d *draft, in input) error {
	if !slices.Contains(report.Sorts(), report.Sort(in.Choice)) {
		return fault.New(fault.Invalid, "paper.bad.sort")
	}
	d.Values["sort"] = in.Choice
	return nil
}

func askReportKind(ctx context.Context, t *turn, _ draft) (v view, err error) {
	s, err := t.progressOf(ctx, progressAsk{unit: t.who.UnitCode})
	if err != nil {
		return v, err
	}
	v.line("paper.ask.kind")
	for _, kind := range append(slices.Clone(s.kinds), kindAll) {
		v.row(viewChoice{do: pick(kind), label: kindName(kind)})
	}
	return v, nil
}

func takeReportKind(ctx context.Context, t *turn, d *draft, in input) error {
	s, err := t.progressOf(ctx, progressAsk{unit: t.who.UnitCode})
	if err != nil {
		return err
	}
	if in.Choice != kindAll && !slices.Contains(s.kinds, in.Choice) {
		return fault.New(fault.Invalid, "paper.bad.kind")
	}
	d.Values["kind"] = in.Choice
	return nil
}

// pickUsual answers a question of the frame with what is offered, whatever its length.
const pickUsual = "usual"

// usual is what is offered for a question of the frame: what the unit's last report had, else what follows from the unit.
func (t *turn) usual(ctx context.Context, step string) (string, error) {
	all, err := t.b.Reports.Reports(ctx, t.who.UnitCode, 1)
	if err != nil {
		return "", err
	}
	var f report.Frame
	if len(all) > 0 {
		f = all[0].Frame
	}
	u, _ := t.tree.Unit(t.who.UnitCode)
	issuer := words(t.p, fault.T("paper.issuer", "Unit", within(u.Title())))
	switch step {
	case "issuer":
		if f.Above != "" {
			f.Issuer = f.Above + " / " + f.Issuer
		}
		return cmp.Or(f.Issuer, issuer), nil
	case "symbol":
		return cmp.Or(f.Symbol, "BC-UBND"), nil
	case "place":
		return cmp.Or(f.Place, u.Name), nil
	case "post":
		return cmp.Or(f.Post, words(t.p, fault.T("paper.post"))), nil
	case "signer":
		return f.Signer, nil
	}
	to := words(t.p, fault.T("paper.recipients.usual"))
	if up, ok := t.tree.Unit(u.Parent); ok && up.Level > officer.LevelCountry {
		to = words(t.p, fault.T("paper.recipients.above", "Unit", within(up.Title())))
	}
	return cmp.Or(strings.Join(f.Recipients, "; "), to), nil
}

// within writes a unit's title as it stands within a sentence: "xã Tà Xùa".
func within(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToLower(first)) + title[size:]
}

func askFrame(step string) func(context.Context, *turn, draft) (view, error) {
	return func(ctx context.Context, t *turn, _ draft) (v view, err error) {
		usual, err := t.usual(ctx, step)
		v.line("paper.ask." + step)
		if usual != "" {
			v.row(choice(pick(pickUsual), "paper.usual", "Text", shorten(usual, 60)))
		}
		return v, err
	}
}

func takeFrame(step string) func(context.Context, *turn, *draft, input) error {
	return func(ctx context.Context, t *turn, d *draft, in input) error {
		text := viet.Tidy(strings.ReplaceAll(in.Text, "\n", "; "))
		if in.Choice == pickUsual {
			var err error
			if text, err = t.usual(ctx, step); err != nil {
				return err
			}
		}
		if n := len([]rune(text)); n == 0 || n > mostFrame {
			return fault.New(fault.Invalid, "paper.bad.text", "Most", mostFrame)
		}
		d.Values[step] = text
		return nil
	}
}

// frameOf puts what was told together. The authority above stands before a slash.
func frameOf(d draft) report.Frame {
	f := report.Frame{
		Issuer: d.Values["issuer"], Symbol: d.Values["symbol"], Place: d.Values["place"], Post: d.Values["post"], Signer: d.Values["signer"],
	}
	if above, issuer, ok := strings.Cut(f.Issuer, "/"); ok {
		f.Above, f.Issuer = strings.TrimSpace(above), strings.TrimSpace(issuer)
	}
	for _, to := range strings.Split(d.Values["recipients"], ";") {
		if to = strings.TrimSpace(to); to != "" {
			f.Recipients = append(f.Recipients, to)
		}
	}
	return f
}

func askReportSure(ctx context.Context, t *turn, d draft) (v view, err error) {
	s, err := t.progressOf(ctx, progressAsk{unit: t.who.UnitCode, kind: d.Values["kind"]})
	if err != nil {
		return v, err
	}
	number, err := t.b.Reports.NextReport(ctx, t.who.UnitCode, t.b.today().Year)
	if err != nil {
		return v, err
	}
	f := frameOf(d)
	v.strong("paper.sure", "Sort", sortName(report.Sort(d.Values["sort"])), "Number", reportNumber(report.Issued{Number: number, Frame: f}), "Kind", kindName(s.kind))
	v.line("paper.sure.frame", "Issuer", f.Issuer, "Place", f.Place, "Day", t.b.today(), "Post", f.Post, "Signer", f.Signer)
	v.line("paper.sure.to", "To", strings.Join(f.Recipients, "; "))
	v.line("standing.cutoff", "Time", t.clock())
	v.body = append(v.body, progressLines(s.Progress)...)
	v.row(choice(pick("yes"), "paper.button.issue"))
	return v, nil
}
