package roster

import (
	"slices"
	"strings"

	"lamsach/core/viet"
)

// compose understands a column by its header texts from the top down: what the lowest one says, in the light of
// those above it.
func compose(path []string) []reading {
	if len(path) == 0 {
		return nil
	}
	leaf := lookUp(path[len(path)-1])
	if len(path) == 1 {
		if leaf == nil {
			leaf = likely(path[0])
		}
		return leaf
	}
	var above []reading
	for _, text := range slices.Backward(path[:len(path)-1]) {
		if above = lookUp(text); above == nil {
			above = likely(text)
		}
		if above != nil {
			break
		}
	}
	if leaf == nil {
		if joined := lookUp(strings.Join(path, " ")); joined != nil {
			return joined
		}
		if leaf = likely(path[len(path)-1]); leaf == nil {
			return above // the lowest is a hint: "(dd/mm/yyyy)"
		}
	}
	for _, l := range leaf { // "Cha" under "Số CCCD"
		for _, a := range above {
			if n := ofRole[l.notion][a.notion]; n != "" {
				return []reading{{n, min(l.confidence, a.confidence)}}
			}
		}
	}
	var out []reading
	for _, l := range leaf {
		if n := under(above, l.notion); n != "" {
			out = append(out, reading{n, min(l.confidence, highest(above))})
		}
	}
	return out
}

func highest(readings []reading) float64 {
	best := 1.0
	for i, r := range readings {
		if i == 0 || r.confidence > best {
			best = r.confidence
		}
	}
	return best
}

// under gives what a notion means below other ones; empty when it belongs to somebody who is not kept.
func under(above []reading, leaf notion) notion {
	for _, a := range above {
		switch {
		case (a.notion == "dob" || a.notion == "dob_year") && leaf == "gender_male":
			return "birth_male"
		case (a.notion == "dob" || a.notion == "dob_year") && leaf == "gender_female":
			return "birth_female"
		}
	}
	for _, a := range above {
		roles := ofRole[a.notion]
		if roles == nil {
			continue
		}
		if n := roles[leaf]; n != "" {
			return n
		}
		if _, kept := places[leaf]; kept && !plainNotion(leaf) && leaf != "full_name" {
			return leaf // "Họ tên cha" under "Thông tin gia đình"
		}
		return "other"
	}
	return leaf
}

// plainNotion reports whether a notion says something of whoever the header above, or the column before, is about.
func plainNotion(n notion) bool {
	switch n {
	case "id_number", "dob", "dob_year", "dob_day", "dob_month", "phone", "ethnicity", "given_name", "family_middle",
		"gender", "address", "permanent_address", "current_address", "note", "old_id_number":
		return true
	}
	return false
}

// phrase is a run of folded words and what it makes a header mean.
type phrase struct {
	words  string
	notion notion
}

// strangers are words of headers that are not kept, though they hold words of those that are.
var strangers = strings.Fields("ngay_cap noi_cap noi_dang_ky noi_sinh que_quan nguyen_quan y_te bo_gd moet bhyt bhxh bao_hiem nghe " +
	"tai_khoan trinh_do giay_khai_sinh chung_sinh ngay_dang_ky quoc_tich ton_giao ky_nhan ky_ten hoc_sinh_lop tinh_trang_hon_nhan " +
	"can_bo chi_bo bi_thu phu_trach gvcn giao_vien cong_tac_vien ctv truong_thon truong_ban nguoi_khai nguoi_lap nguoi_cung_cap nguoi_di_khai " +
	"bac_si nguoi_kiem_tra nguoi_thuc_hien tinh_trang song_voi lam_viec don_vi_cong_tac co_quan thu_nhap suc_khoe mo_coi bo_hoc bo_roi")

var roleWords = []phrase{
	{"giam ho", "role_guardian"}, {"bao ho", "role_guardian"}, {"nuoi duong", "role_guardian"}, {"csnd", "role_guardian"}, {"ncs", "role_guardian"},
	{"ncsc", "role_guardian"}, {"ngh", "role_guardian"},
	{"cham soc", "role_guardian"}, {"dai dien", "role_guardian"}, {"chu ho", "role_householder"},
	{"nguoi nhan", "role_recipient"}, {"vo chong", "role_recipient"}, {"phu huynh", "role_guardian"}, {"phhs", "role_guardian"},
	{"vo", "role_other"}, {"chong", "role_other"},
}

// caredFor are words for the person of the list that hold those for his carer.
var caredFor = []phrase{{"duoc cham soc", "full_name"}, {"duoc nuoi duong", "full_name"}, {"duoc giam ho", "full_name"}, {"duoc tro giup", "full_name"}}

var baseWords = []phrase{
	{"dinh danh", "id_number"}, {"dd ca nhan", "id_number"}, {"cccd", "id_number"}, {"can cuoc", "id_number"}, {"ddcn", "id_number"},
	{"ngay sinh", "dob"}, {"thang nam sinh", "dob"}, {"ngay thang sinh", "dob"}, {"ntns", "dob"}, {"sinh ngay", "dob"}, {"n t n sinh", "dob"},
	{"ntn sinh", "dob"}, {"nam sinh", "dob_year"}, {"ns", "dob_year"},
	{"quan he", "guardian_relation"}, {"dien thoai", "phone"}, {"sdt", "phone"}, {"gioi tinh", "gender"},
	{"dan toc", "ethnicity"}, {"ho va ten", "full_name"}, {"ho ten", "full_name"}, {"chu dem", "full_name"},
	{"dia chi", "address"}, {"thuong tru", "address"}, {"noi o", "address"}, {"cho o", "address"}, {"cu tru", "address"},
	{"thon", "village"}, {"to dan pho", "village"}, {"tieu khu", "village"}, {"khu pho", "village"},
	{"he so", "coefficient"}, {"so quyet dinh", "decision_no"}, {"so qd", "decision_no"}, {"muc tro cap", "allowance"},
	{"muc huong", "allowance"}, {"so tien", "allowance"}, {"huong tu", "benefit_from"}, {"doi tuong", "category_code"},
	{"ghi chu", "note"},
}

// likely makes a header out of the words in it, for texts that the vocabulary does not have as a whole.
func likely(text string) []reading {
	text = withoutBrackets(text)
	folded := viet.Fold(headerKey(text))
	if folded == "" || len(folded) > 80 {
		return nil
	}
	if strings.ContainsRune(folded, '?') {
		return damaged(folded)
	}
	line := " " + folded + " "
	if what, _, found := strings.Cut(line, " theo "); found && findPhrase(what+" ", baseWords) != "" {
		line = what + " " // "Họ tên theo giấy khai sinh"
	}
	if before, _, issued := strings.Cut(line, " ngay cap "); issued && findPhrase(before+" ", baseWords) == "id_number" && roleIn(line, text) == "" {
		return []reading{{"id_number", likelyWord}} // with the day of issue behind it, in one cell
	}
	for _, s := range strangers {
		if strings.Contains(line, " "+strings.ReplaceAll(s, "_", " ")+" ") {
			return []reading{{"other", likelyWord}}
		}
	}
	if strings.HasPrefix(line, " da co ") || strings.HasPrefix(line, " chua co ") {
		return []reading{{"other", likelyWord}} // a column of ticks
	}
	role, base := roleIn(line, text), findPhrase(line, baseWords)
	switch {
	case onlyPlaces(folded):
		return []reading{{"village", likelyWord}}
	case role == "" && base == "":
		return misspelt(folded, words().folded)
	case role == "":
		if slip := misspelt(headerKey(text), words().plain); slip != nil {
			return slip // "Họ tên mẹe" has the words of a name, but is the mother's
		}
		return []reading{{base, likelyWord}}
	case base == "":
		base = "full_name"
	}
	if strings.Contains(line, " tre ") && role == "" {
		return []reading{{base, likelyWord}}
	}
	if n := ofRole[role][base]; n != "" {
		return []reading{{n, likelyWord}, {role, likelyWord}}
	}
	return []reading{{"other", likelyWord}, {role, likelyWord}}
}

// placeWords are the words for the parts of a commune. No other header is made of them alone.
var placeWords = map[string]bool{"thon": true, "ban": true, "ap": true, "khom": true, "xom": true, "buon": true, "bon": true, "lang": true, "to": true,
	"tdp": true, "tk": true, "khu": true, "pho": true, "dan": true, "tieu": true, "doi": true, "khoi": true, "phum": true, "soc": true, "plei": true, "dia": true, "cum": true}

// onlyPlaces reports whether a folded text is made of words for places: "ap khom", "ban tk".
func onlyPlaces(folded string) bool {
	n := 0
	for word := range strings.FieldsSeq(folded) {
		if !placeWords[word] {
			return false
		}
		n++
	}
	return n >= 2
}

// roleIn finds whom a header is about; father and mother together are the parents. Of its folded line and its text the text tells "bố" from
// "bộ" and "bỏ".
func roleIn(line, text string) notion {
	if findPhrase(line, caredFor) != "" {
		return ""
	}
	words := strings.Fields(headerKey(text))
	has := func(any ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(any, word) })
	}
	father, mother := has("cha", "bố", "bo"), has("mẹ", "me")
	guardian := findPhrase(line, roleWords)
	switch {
	case father && mother, (father || mother) && guardian == "role_guardian":
		return "role_parents"
	case guardian != "":
		return guardian
	case father:
		return "role_father"
	case mother:
		return "role_mother"
	}
	return ""
}

func findPhrase(line string, phrases []phrase) notion {
	for _, p := range phrases {
		if strings.Contains(line, " "+p.words+" ") {
			return p.notion
		}
	}
	return ""
}

// damaged finds a header in which a lossy export put a question mark for every letter it did not know.
func damaged(folded string) []reading {
	var found []notion
	for key, notions := range words().folded {
		if fitsDamage(folded, key) {
			for _, n := range notions {
				if !slices.Contains(found, n) {
					found = append(found, n)
				}
			}
		}
	}
	slices.Sort(found) // map order must not decide
	var out []reading
	for _, n := range found {
		out = append(out, reading{n, 0.85})
	}
	return out
}

func fitsDamage(damaged, key string) bool {
	if len(damaged) != len(key) {
		return false
	}
	for i := range len(key) {
		if damaged[i] != key[i] && damaged[i] != '?' {
			return false
		}
	}
	return true
}

// misspelt finds a header with one wrong letter among texts of headers.
func misspelt(text string, known map[string][]notion) []reading {
	if len(text) < 6 {
		return nil
	}
	best := ""
	for key := range known {
		if d := len(key) - len(text); d >= -mostBytes && d <= mostBytes && viet.Distance(key, text) == 1 && (best == "" || key < best) {
			best = key
		}
	}
	var out []reading
	for _, n := range known[best] {
		out = append(out, reading{n, 0.85})
	}
	return out
}

// mostBytes is how many bytes one letter takes at most.
const mostBytes = 3
