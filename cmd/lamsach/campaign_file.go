package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/fault"
)

// mostCampaign is how large a campaign's file may be, in bytes: one of all communes is a tenth of it.
const mostCampaign = 1 << 20

// readCampaign reads a campaign from a file, by its name's ending. near is what days without a year are next to.
func readCampaign(name string, near civil.Date) (campaign.Campaign, error) {
	info, err := os.Stat(name)
	if err != nil {
		return campaign.Campaign{}, err
	}
	if info.Size() > mostCampaign {
		return campaign.Campaign{}, fault.New(fault.Unreadable, "campaign.unreadable")
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return campaign.Campaign{}, err
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json":
		return campaign.Decode(body)
	case ".yaml", ".yml":
		return decodeYAML(body)
	case ".xlsx":
		return decodeSheet(body, near)
	}
	return campaign.Campaign{}, fault.New(fault.Unreadable, "cli.campaign.format", "Name", filepath.Base(name))
}

// writeCampaign writes a campaign as yaml, json or xlsx.
func writeCampaign(out io.Writer, c campaign.Campaign, format, lang string) error {
	if format == "xlsx" {
		return encodeSheet(out, c, lang)
	}
	body, err := campaign.Encode(c)
	if err != nil {
		return err
	}
	if format == "yaml" {
		return encodeYAML(out, body, lang)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", "  "); err != nil {
		return err
	}
	pretty.WriteByte('\n')
	_, err = pretty.WriteTo(out)
	return err
}

// encodeYAML writes what Encode gave as YAML, in the same order.
func encodeYAML(out io.Writer, body []byte, lang string) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(body, &doc); err != nil { // JSON is YAML
		return fmt.Errorf("campaign: %w", err)
	}
	plain(&doc, false)
	doc.HeadComment = words(lang, fault.T("cli.campaign.head"))
	e := yaml.NewEncoder(out)
	e.SetIndent(2)
	return errors.Join(e.Encode(&doc), e.Close())
}

// plain takes the look of JSON from a node: what holds nothing but plain values stays on one line.
func plain(n *yaml.Node, inLine bool) {
	n.Style = 0
	leaves := !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return c.Kind != yaml.ScalarNode })
	if inLine && leaves && (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) {
		n.Style = yaml.FlowStyle
	}
	for i, child := range n.Content {
		party := n.Kind == yaml.MappingNode && i%2 == 1 && slices.Contains([]string{"owes", "facts", "after"}, n.Content[i-1].Value)
		plain(child, party || n.Kind == yaml.SequenceNode && len(child.Content) == 4)
	}
}

// decodeYAML reads a campaign from YAML; unknown and doubled entries are refused. Its error is Unreadable, "campaign.unreadable".
func decodeYAML(body []byte) (campaign.Campaign, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(body, &doc); err != nil {
		return campaign.Campaign{}, fault.Wrap(fault.Unreadable, err, "campaign.unreadable")
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return campaign.Campaign{}, fault.New(fault.Unreadable, "campaign.unreadable")
	}
	value, err := valueOf(doc.Content[0], "", 0)
	if err != nil {
		return campaign.Campaign{}, fault.Wrap(fault.Unreadable, err, "campaign.unreadable")
	}
	text, err := json.Marshal(value)
	if err != nil {
		return campaign.Campaign{}, fault.Wrap(fault.Unreadable, err, "campaign.unreadable")
	}
	return campaign.Decode(text)
}

// numbered are the entries that hold whole numbers: everything else that looks like a number is a text, such as a unit's code.
var numbered = []string{"revision", "before", "escalate_after", "overdue_days", "digest_on"}

var whole = regexp.MustCompile(`^-?\d{1,6}$`)

// valueOf turns a node into what JSON would hold. Texts are taken as they are written: neither a day nor a code with zeros in front
// becomes something else.
func valueOf(n *yaml.Node, entry string, depth int) (any, error) {
	if depth > 12 {
		return nil, fmt.Errorf("line %d: too deep", n.Line)
	}
	switch n.Kind {
	case yaml.MappingNode:
		all := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			if _, doubled := all[key]; doubled {
				return nil, fmt.Errorf("line %d: %s stands twice", n.Content[i].Line, key)
			}
			value, err := valueOf(n.Content[i+1], key, depth+1)
			if err != nil {
				return nil, err
			}
			all[key] = value
		}
		return all, nil
	case yaml.SequenceNode:
		all := make([]any, 0, len(n.Content))
		for _, child := range n.Content {
			value, err := valueOf(child, entry, depth+1)
			if err != nil {
				return nil, err
			}
			all = append(all, value)
		}
		return all, nil
	case yaml.ScalarNode:
		switch {
		case n.Tag == "!!null":
			return nil, nil
		case n.Tag == "!!bool":
			return n.Value == "true", nil
		case slices.Contains(numbered, entry) && whole.MatchString(n.Value):
			return json.Number(n.Value), nil
		}
		return n.Value, nil
	}
	return nil, fmt.Errorf("line %d: not understood", n.Line)
}
