package review

// drawEnd says what is left after the last question.
func (v *view) drawEnd(s *State) Screen {
	t := v.tally()
	body := []Line{line(Strong, "review.end.done")}
	if len(v.open) == 0 {
		body[0] = line(Strong, "review.end.nothing_left")
	}
	if len(v.open) > 0 {
		body = append(body, line(Plain, "review.end.skipped", "N", len(v.open), "People", v.people()))
	}
	if t.waiting > 0 {
		body = append(body, line(Plain, "review.end.police", "N", t.waiting))
	}
	if t.left > 0 {
		body = append(body, line(Plain, "review.summary.left", "N", t.left))
	}
	body = append(body, v.totals(t))
	var laid [][]Choice
	if len(v.open) > 0 {
		laid = append(laid, []Choice{choice("again", "review.choice.again")})
	}
	laid = append(laid, append(v.files(choice("export", "review.choice.export")), choice("summary", "review.choice.summary")))
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

// drawLeft says that everything answered is kept.
func (v *view) drawLeft(s *State) Screen {
	body := []Line{line(Plain, "review.left.kept")}
	row := []Choice{choice("summary", "review.choice.summary")}
	if len(v.open) > 0 {
		body = append(body, line(Plain, "review.left.people", "N", v.tally().review))
		row = append([]Choice{choice("go", "review.choice.resume")}, row...)
	}
	laid := [][]Choice{row}
	return Screen{Body: body, Choices: v.withNav(s, laid, false), Numbers: true}
}

// people counts the people with open questions.
func (v *view) people() int {
	n, last := 0, -1
	for _, f := range v.open {
		if f.Record != last {
			n++
			last = f.Record
		}
	}
	return n
}

// draw draws the state's screen.
func (v *view) draw(s *State) Screen {
	switch s.Screen {
	case onFixed:
		return v.drawFixed(s)
	case onFixedOne:
		return v.drawFixedOne(s)
	case onGroup:
		return v.drawGroup(s)
	case onAll:
		return v.drawAll(s)
	case onPick:
		return v.drawPick(s)
	case onDid:
		return v.drawDid(s)
	case onAsk:
		return v.drawAsk(s)
	case onEnd:
		return v.drawEnd(s)
	case onLeft:
		return v.drawLeft(s)
	}
	return v.drawSummary(s)
}
