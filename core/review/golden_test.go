package review_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// TestTranscripts plays whole conversations: "> text" is typed, "> [label]" is pressed, all else is what the officer sees.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			comment, sections := readArchive(string(body))
			got := play(t, sections["list"], sections["talk"])
			if *update {
				text := comment + "-- list --\n" + sections["list"] + "-- talk --\n" + got
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(sections["talk"], "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the talk changed (-want +got):\n%s", diff)
			}
		})
	}
}

// play runs the inputs of a talk and gives the whole talk as it went.
func play(t *testing.T, list, talk string) string {
	h := newHost(t, newDesk(readTable(t, list)))
	var out strings.Builder
	out.WriteString(h.text())
	for _, l := range strings.Split(talk, "\n") {
		input, ok := strings.CutPrefix(l, "> ")
		if !ok {
			continue
		}
		out.WriteString("\n> " + input + "\n")
		if label, ok := strings.CutPrefix(input, "["); ok {
			h.press(strings.TrimSuffix(label, "]"))
		} else {
			h.typed(input)
		}
		out.WriteString(h.text())
	}
	return out.String()
}

// readArchive parts a file into what stands before the first "-- name --" line, and the sections by name.
func readArchive(text string) (comment string, sections map[string]string) {
	sections = map[string]string{}
	name := ""
	for _, l := range strings.SplitAfter(text, "\n") {
		if marker := strings.TrimSpace(l); strings.HasPrefix(marker, "-- ") && strings.HasSuffix(marker, " --") {
			name = strings.TrimSuffix(strings.TrimPrefix(marker, "-- "), " --")
			continue
		}
		if name == "" {
			comment += l
		} else {
			sections[name] += l
		}
	}
	return comment, sections
}
