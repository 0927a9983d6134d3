package campaign

import (
	"bytes"
	"encoding/json"
	"fmt"

	"lamsach/core/fault"
)

// Encode gives a campaign as JSON, the form in which it is kept and exchanged.
func Encode(c Campaign) ([]byte, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("campaign: %w", err)
	}
	return body, nil
}

// Decode reads a campaign from JSON. Entries that it does not know are refused, so that a misspelt one is not taken for left out;
// what the campaign says is for Validate to judge. Its error is Unreadable, "campaign.unreadable".
func Decode(body []byte) (Campaign, error) {
	var c Campaign
	in := json.NewDecoder(bytes.NewReader(body))
	in.DisallowUnknownFields()
	if err := in.Decode(&c); err != nil {
		return Campaign{}, fault.Wrap(fault.Unreadable, err, "campaign.unreadable")
	}
	if in.More() {
		return Campaign{}, fault.New(fault.Unreadable, "campaign.unreadable")
	}
	return c, nil
}
