package campaign

import (
	"embed"
	"fmt"
	"slices"

	"lamsach/core/fault"
)

// The templates.
const (
	// BacYen2023 is the plan of UBND huyện Bắc Yên of 2023, sections II and III, with its three levels and its dates. Children go
	// back to the commune's officer and to the district, which updates the software; beneficiaries go back to the district, and
	// the communes update.
	BacYen2023 = "bac-yen-2023"
	// TwoLevels is the same plan for province and commune, with the names of today and without dates.
	TwoLevels = "two-levels"
	// Ministry2513 is the four steps of letter 2513/LĐTBXH-TTTT of 14 July 2022, with the names of then and without dates.
	Ministry2513 = "ministry-2513"
	// MinistryNow is the same four steps with the names of today.
	MinistryNow = "ministry-2513-now"
)

//go:embed data/*.json
var templates embed.FS

// Templates lists the IDs of the plans that are built in.
func Templates() []string { return []string{BacYen2023, TwoLevels, Ministry2513, MinistryNow} }

// FromTemplate makes a campaign, in its first revision, of a built-in plan for a unit and the communes that it covers. Dates that
// the paper does not set stay empty, and Validate asks for them. Its error is NotFound, "campaign.template_unknown".
func FromTemplate(template, id, unit string, units []string) (Campaign, error) {
	if !slices.Contains(Templates(), template) {
		return Campaign{}, fault.New(fault.NotFound, "campaign.template_unknown", "ID", template)
	}
	body, err := templates.ReadFile("data/" + template + ".json")
	if err != nil {
		return Campaign{}, fmt.Errorf("campaign: %w", err)
	}
	c, err := Decode(body)
	if err != nil {
		return Campaign{}, err
	}
	c.ID, c.Revision, c.Unit, c.Units = id, 1, unit, slices.Clone(units)
	return c, nil
}
