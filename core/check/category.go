package check

import (
	_ "embed"
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lamsach/core/civil"
	"lamsach/core/viet"
)

//go:embed data/benefits.csv
var benefitsCSV string

//go:embed data/standards.csv
var standardsCSV string

// benefit is one line of Articles 5, 6 and 20 of NĐ 20/2021/NĐ-CP: who gets how many times the standard amount.
type benefit struct {
	code        string // as lists write it: "5.5.c" is point c of clause 5 of Article 5
	name        string // folded
	coefficient int    // in hundredths
	from, under int    // years of age; 0: no bound
	each        bool   // for every person cared for
	private     bool   // nobody may read it in a chat (Article 8(1)(b))
}

// care reports whether the benefit is support for who cares for somebody, who is no age of his own.
func (b *benefit) care() bool { return strings.HasPrefix(b.code, "20.") }

// payment reports whether somebody may receive the benefit beside another: support for care, and what single parents get
// (Article 6(2)).
func (b *benefit) payment() bool { return b.care() || b.code == "5.4" }

// benefits are all lines, by the order of the decree.
var benefits = readBenefits()

func readBenefits() (all []benefit) {
	for _, line := range table(benefitsCSV) {
		ratio, _ := strconv.ParseFloat(line[3], 64)
		from, _ := strconv.Atoi(line[5])
		under, _ := strconv.Atoi(line[6])
		all = append(all, benefit{
			code: line[0], name: viet.Fold(line[1]), coefficient: int(ratio*100 + 0.5), from: from, under: under,
			each: line[7] == "each", private: line[7] == "private",
		})
	}
	return all
}

// standard is the amount that a coefficient multiplies, in VND a month, from a day on.
type standard struct {
	from   civil.Date
	amount int
}

var standards = readStandards()

func readStandards() (all []standard) {
	for _, line := range table(standardsCSV) {
		from, _ := civil.ParseISO(line[0])
		amount, _ := strconv.Atoi(line[1])
		all = append(all, standard{from, amount})
	}
	return all
}

// table reads one of our own tables without its header.
func table(text string) [][]string {
	lines, _ := csv.NewReader(strings.NewReader(text)).ReadAll()
	return lines[1:]
}

// standardOn is the country's amount on a day; 0 before there was one.
func standardOn(day civil.Date) int {
	amount := 0
	for _, s := range standards {
		if !s.from.After(day) {
			amount = s.amount
		}
	}
	return amount
}

// category is what the text under "đối tượng" means.
type category struct {
	known    bool
	sections [][]benefit // for each category named, the lines that it may mean; empty when no line of the decree is meant
	private  bool
}

var (
	benefitCode = regexp.MustCompile(`(?:^|[^\d.])(5|20)\s*\.\s*([1-8])(?:(?:\s*\.\s*)?(\p{L}))?(?:$|[^\d\p{L}])`)
	clauseOf    = regexp.MustCompile(`(?:điểm\s+(\p{L})[\s,]+)?khoản\s+(\d)[\s,]+điều\s+(5|20)(?:$|\D)`)
	clauseAlone = regexp.MustCompile(`^(?:điểm\s+(\p{L})[\s,]+)?khoản\s+([1-8])$`)
)

// readCategory understands codes ("5.5.c", "điểm c khoản 5 Điều 5"), the decree's words and the usual short ones.
func readCategory(text string) category {
	lower := viet.Lower(viet.Squeeze(viet.NFC(text)))
	folded := " " + strings.Join(strings.FieldsFunc(viet.Fold(text), func(r rune) bool { return strings.ContainsRune(" ,.;:()/-–+\"“”", r) }), " ") + " "
	c := category{}
	for _, code := range codesIn(lower) {
		c.add(refine(linesOf(code), folded))
	}
	if m := clauseAlone.FindStringSubmatch(lower); m != nil { // of which article, everybody there knows
		c.add(slices.Concat(linesOf(joinCode("5", m[2], m[1])), linesOf(joinCode("20", m[2], m[1]))))
	}
	if !c.known {
		for part := range strings.FieldsFuncSeq(folded, func(r rune) bool { return r == ';' || r == '+' }) {
			c.name(part)
		}
	}
	c.private = c.private || Private(text)
	return c
}

func (c *category) add(lines []benefit) {
	if len(lines) == 0 {
		return
	}
	c.known = true
	c.sections = append(c.sections, lines)
	c.private = c.private || slices.ContainsFunc(lines, func(b benefit) bool { return b.private })
}

// codesIn gives the codes that a text names, each once.
func codesIn(lower string) (codes []string) {
	add := func(article, clause, point string) {
		code := joinCode(article, clause, point)
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	for _, m := range benefitCode.FindAllStringSubmatch(lower, -1) {
		add(m[1], m[2], m[3])
	}
	for _, m := range clauseOf.FindAllStringSubmatch(lower, -1) {
		add(m[3], m[2], m[1])
	}
	return codes
}

// joinCode writes a code; point may be empty.
func joinCode(article, clause, point string) string {
	if point == "" {
		return article + "." + clause
	}
	return article + "." + clause + "." + point
}

// linesOf gives the lines of a code; a code without its point means all points.
func linesOf(code string) (lines []benefit) {
	for _, b := range benefits {
		if b.code == code || strings.HasPrefix(b.code, code+".") {
			lines = append(lines, b)
		}
	}
	return lines
}

// shortNames are the usual words for categories, folded and in order: the first that a text holds decides. "|" parts
// alternatives; all words of one alternative must be there.
var shortNames = []struct{ words, codes string }{
	{"hiv tre|aids tre", "5.3"},
	{"hiv|aids", "5.3 5.8"},
	{"huu tri xa hoi", ""}, // NĐ 176/2025/NĐ-CP: no coefficient
	{"nhan cham soc|kinh phi cham soc|truc tiep cham soc|nguoi cham soc|ho tro cham soc|nhan nuoi duong|kinh phi nuoi duong|gia dinh cham soc|cham soc nuoi duong", "20.1 20.2"},
	{"don than", "5.4"},
	{"khuyet tat|nkt|tan tat", "5.6"},
	{"nguoi cao tuoi|nct|nguoi gia", "5.5"},
	{"80 tuoi|75 tuoi", "5.5"},
	{"dang hoc 16|di hoc 16|hoc 22", "5.2"},
	{"mo coi|bo roi|nguon nuoi duong|mat nguon", "5.1"},
	{"duoi 3 tuoi|tre ngheo|tre em ngheo|tre em ho ngheo|tre em can ngheo", "5.7"},
	{"bao tro xa hoi|bao tro|tro giup xa hoi|tro cap xa hoi|btxh|tgxh", ""},
}

// oldCodes are the groups of the decree before (NĐ 136/2013/NĐ-CP), as its software wrote them.
var oldCodes = map[string]string{
	"01": "5.1 5.2", "02": "5.2", "03": "5.4", "0301": "5.4", "0302": "5.4", "04": "5.5", "05": "5.6",
}

// name understands a category by its words.
func (c *category) name(folded string) {
	if codes, old := oldCodes[strings.TrimSpace(folded)]; old {
		c.add(linesOfAll(codes))
		return
	}
	for _, n := range shortNames {
		for alternative := range strings.SplitSeq(n.words, "|") {
			if !holdsAll(folded, alternative) {
				continue
			}
			c.known = true
			c.add(refine(linesOfAll(n.codes), folded))
			return
		}
	}
	for _, b := range benefits { // the decree's own words
		if trimmed := strings.TrimSpace(folded); len(trimmed) >= 20 && strings.HasPrefix(b.name, trimmed) {
			c.add(linesOf(b.code))
			return
		}
	}
}

func linesOfAll(codes string) (lines []benefit) {
	for code := range strings.FieldsSeq(codes) {
		lines = append(lines, linesOf(code)...)
	}
	return lines
}

// holdsAll reports whether a text holds a phrase, or else every number and word of it.
func holdsAll(folded, phrase string) bool {
	if strings.Contains(folded, " "+phrase+" ") {
		return true
	}
	if !strings.ContainsAny(phrase, "0123456789") && !strings.HasPrefix(phrase, "hiv ") && !strings.HasPrefix(phrase, "aids ") {
		return false
	}
	for word := range strings.FieldsSeq(phrase) {
		if !strings.Contains(folded, " "+word+" ") {
			return false
		}
	}
	return true
}

// holdsWord reports whether a folded text holds one of the words.
func holdsWord(folded, words string) bool {
	for word := range strings.FieldsSeq(words) {
		if strings.Contains(folded, " "+word+" ") {
			return true
		}
	}
	return false
}

// refine keeps the lines that further words leave: the degree of a disability, an age, whom somebody cares for.
func refine(lines []benefit, folded string) []benefit {
	keep := func(fits func(b *benefit) bool) {
		kept := slices.DeleteFunc(slices.Clone(lines), func(b benefit) bool { return !fits(&b) })
		if len(kept) > 0 {
			lines = kept
		}
	}
	very := holdsAll(folded, "dac biet nang") || holdsWord(folded, "dbn")
	switch {
	case very:
		keep(func(b *benefit) bool { return !strings.HasPrefix(b.name, "nguoi khuyet tat nang") })
	case holdsWord(folded, "nang"):
		keep(func(b *benefit) bool { return b.code != "5.6" || strings.HasPrefix(b.name, "nguoi khuyet tat nang") })
	}
	switch {
	case holdsAll(folded, "80 tuoi tro len"), holdsAll(folded, "tu du 80"), holdsAll(folded, "tren 80"):
		keep(func(b *benefit) bool { return b.under == 0 || b.under > 80 })
	case holdsWord(folded, "75"):
		keep(func(b *benefit) bool { return b.code == "5.5.b" })
	}
	return lines
}

// Private reports whether a text names a state of health that is never shown in a chat: HIV (Article 8(1)(b)).
func Private(text string) bool {
	for _, word := range strings.FieldsFunc(viet.Fold(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		if word == "hiv" || word == "aids" {
			return true
		}
	}
	return false
}

// PrivateCategory reports whether a category, by its name or by its code, is one that is never shown in a chat.
func PrivateCategory(text string) bool { return Private(text) || readCategory(text).private }
