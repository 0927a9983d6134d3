package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Policy is what one deployment changes in the rules: codes that it is not told, and severities that it sees otherwise.
// The zero value changes nothing.
type Policy struct {
	Off      []string            `json:"off,omitempty"`
	Severity map[string]Severity `json:"severity,omitempty"`
}

// ParsePolicy reads {"off":["birth_date.pile_up"],"severity":{"family.father_only":"info"}}. Its error is one sentence that
// names what is wrong: no such code, no such severity, no such entry. known are the codes that there are.
func ParsePolicy(text []byte, known []string) (Policy, error) {
	var p Policy
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		return Policy{}, fmt.Errorf("the rules are no JSON of the form {\"off\":[CODE],\"severity\":{CODE:\"error|warning|info\"}}: %w", err)
	}
	if decoder.More() {
		return Policy{}, fmt.Errorf("the rules are more than one JSON object")
	}
	for _, code := range slices.Concat(p.Off, slices.Sorted(maps.Keys(p.Severity))) {
		if !slices.Contains(known, code) {
			return Policy{}, fmt.Errorf("the rules name %q, and no finding has this code", code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(p.Severity)) {
		switch p.Severity[code] {
		case Error, Warning, Info:
		default:
			return Policy{}, fmt.Errorf("the rules give %q the severity %q: choose error, warning or info", code, p.Severity[code])
		}
	}
	return p, nil
}

// apply leaves out what is switched off and weighs the rest anew.
func (p *Policy) apply(found []Finding) []Finding {
	if len(p.Off) == 0 && len(p.Severity) == 0 {
		return found
	}
	found = slices.DeleteFunc(found, func(f Finding) bool { return slices.Contains(p.Off, f.Code) })
	for i := range found {
		if severity, ok := p.Severity[found[i].Code]; ok {
			found[i].Severity = severity
		}
	}
	return found
}
