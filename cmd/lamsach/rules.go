package main

import (
	"fmt"
	"os"

	"lamsach/core/check"
	"lamsach/core/kind"
)

// rulesConfig says which rules a deployment changes.
type rulesConfig struct {
	Rules string `name:"rules" env:"LAMSACH_RULES" type:"path" help:"A JSON file that switches findings off or weighs them: {\"off\":[CODE],\"severity\":{CODE:\"error|warning|info\"}}."`
}

// policy reads the file; without one nothing is changed.
func (c rulesConfig) policy() (check.Policy, error) {
	if c.Rules == "" {
		return check.Policy{}, nil
	}
	text, err := os.ReadFile(c.Rules)
	if err != nil {
		return check.Policy{}, fmt.Errorf("LAMSACH_RULES: %w", err)
	}
	policy, err := check.ParsePolicy(text, kind.Codes())
	if err != nil {
		return check.Policy{}, fmt.Errorf("LAMSACH_RULES: %w", err)
	}
	return policy, nil
}
