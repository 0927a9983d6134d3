package review_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lamsach/core/review"
)

// decisions is everything that was decided, as JSON.
func decisions(t testing.TB, d *review.Desk) string {
	var all []any
	for i := range d.Roster.Records {
		all = append(all, d.Roster.Records[i].Decided())
	}
	body, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// harmless are inputs that never decide anything.
var harmless = []string{"quay lại", "quay lai", "bỏ qua", "bo qua", "giúp", "giup", "hủy", "huy", "HUY", "dòng 9", "dong 999", "???", "<b>&*_[", "\u202eabc", ""}

var typedPool = []string{
	"1", "2", "3", "4", "5", "12", "1 3", "1-4", "đúng", "nhập lại", "tiếp", "sửa ngay", "xem hết", "chọn từng trẻ", "để sau", "về nhóm", "xem", "chưa có", "giữ nguyên",
	"15/4/2016", "15/4", "15416", "31/2/2016", "2016", "nam", "nu", "Mông", "thai", "014216123987", "14216123987", "123", "mẹ Thào Thị Mỷ", "cha Mùa A Dếnh", "Lò Thị Ánh", "Huy",
	"15/4/2016, mẹ Thào Thị Mỷ, nữ", "chuyển đi", "đã mất", "trùng dòng 8", "trùng dòng 19", "đủ 16 tuổi", "hoàn tác", "hoan tac", "xuất tệp", "về danh sách", "làm lại", "xin chào",
}

// TestRandomTalk holds any talk, however senseless, to what must never happen.
func TestRandomTalk(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHost(t, newDesk(readTable(t, messy)))
		trail := []string{decisions(t, h.desk)} // decisions after every correction that stands
		for range rapid.IntRange(1, 40).Draw(rt, "turns") {
			before, made := decisions(t, h.desk), len(h.made)
			in, quiet := randomInput(rt, h)
			h.take(in)
			after := decisions(t, h.desk)
			switch {
			case len(h.made) > made:
				if quiet {
					rt.Fatalf("%+v made a correction", in)
				}
				checkCorrection(rt, h, before, after)
				trail = append(trail, after)
			case len(h.made) < made:
				trail = trail[:len(trail)-1]
				if after != trail[len(trail)-1] {
					rt.Fatalf("undo did not restore the decisions")
				}
			case after != before:
				rt.Fatalf("%+v changed decisions without a correction", in)
			}
		}
	})
}

func randomInput(rt *rapid.T, h *host) (in review.Input, quiet bool) {
	switch rapid.IntRange(0, 9).Draw(rt, "how") {
	case 0:
		return review.Input{Text: rapid.SampledFrom(harmless).Draw(rt, "harmless")}, true
	case 1:
		return review.Input{Choice: rapid.SampledFrom([]string{"back", "skip", "help", "cancel", "see", "all0.zzz", "v0.zzz", "t99.x", "y", "s9", "own0.q", "nothing"}).Draw(rt, "id")}, true
	case 2, 3:
		return review.Input{Text: rapid.SampledFrom(typedPool).Draw(rt, "typed")}, false
	case 4:
		// The bracket is how the test's words show an argument that is missing.
		return review.Input{Text: strings.ReplaceAll(rapid.StringN(0, 40, 200).Draw(rt, "any"), "⟦", "[")}, false
	}
	var ids []string
	for _, row := range h.now.Choices {
		for _, c := range row {
			ids = append(ids, c.ID)
		}
	}
	id := rapid.SampledFrom(ids).Draw(rt, "button")
	return review.Input{Choice: id}, slices.Contains([]string{"back", "skip", "help", "cancel", "see", "list", "pick", "card", "more", "less", "go", "status", "date"}, id)
}

// checkCorrection holds the event to the truth: its changes, and nothing else, are what changed.
func checkCorrection(rt *rapid.T, h *host, before, after string) {
	last := h.made[len(h.made)-1]
	if len(last.Changes) == 0 || last.Label.Key == "" {
		rt.Fatalf("an empty correction: %+v", last)
	}
	var was, is []json.RawMessage
	if json.Unmarshal([]byte(before), &was) != nil || json.Unmarshal([]byte(after), &is) != nil {
		rt.Fatal("decisions are no JSON")
	}
	touched := map[int]bool{}
	for _, c := range last.Changes {
		if touched[c.Record] {
			rt.Fatalf("record %d twice in one correction", c.Record)
		}
		touched[c.Record] = true
		b, _ := json.Marshal(c.Before)
		a, _ := json.Marshal(c.After)
		if string(b) != string(was[c.Record]) || string(a) != string(is[c.Record]) {
			rt.Fatalf("record %d: the event says %s → %s, the list %s → %s", c.Record, b, a, was[c.Record], is[c.Record])
		}
	}
	for i := range was {
		if !touched[i] && !reflect.DeepEqual(was[i], is[i]) {
			rt.Fatalf("record %d changed without being named", i)
		}
	}
	label, _ := json.Marshal(last.Label)
	for i := range h.desk.Roster.Records {
		if name := h.desk.Roster.Records[i].Cells[0].Text; name != "" && strings.Contains(string(label), name) {
			rt.Fatalf("the label holds a name: %s", label)
		}
	}
}
