package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"

	"lamsach/bot"
	"lamsach/core/check"
	"lamsach/core/civil"
	"lamsach/core/fault"
	"lamsach/core/kind"
	"lamsach/core/report"
	"lamsach/core/review"
	"lamsach/core/roster"
	"lamsach/locales"
	"lamsach/paper"
	"lamsach/paper/xlsx"
)

// checkCommand checks files without a chat.
type checkCommand struct {
	Files     []string `arg:"" name:"file" type:"existingfile" help:"Lists to check."`
	Kind      string   `name:"kind" enum:"auto,child,beneficiary" default:"auto" help:"Kind of list: auto, child or beneficiary."`
	Map       []string `name:"map" sep:"none" placeholder:"FIELD=COLUMN" help:"The column of a field, as full_name=C; may be given several times."`
	AsOf      string   `name:"as-of" placeholder:"YYYY-MM-DD" help:"The day that ages are counted to; default today."`
	Format    string   `name:"format" enum:"text,json" default:"text" help:"text or json."`
	Annotated string   `name:"annotated" type:"path" help:"Write a copy of the (one) file with every finding marked."`
	Password  string   `name:"password-file" type:"path" help:"A file that holds the password of protected workbooks; their marked copy has none."`
	Lang      string   `name:"lang" env:"LAMSACH_LANG" enum:"vi,en" default:"vi" help:"Language of the texts: vi or en."`

	rulesConfig
}

// Run checks the files: nil without errors in them, errFindings with.
func (c checkCommand) Run(w world) error {
	asOf, err := c.asOf(w)
	if err != nil {
		return err
	}
	if c.Annotated != "" && len(c.Files) != 1 {
		return fmt.Errorf("--annotated takes one file")
	}
	var reports []fileReport
	for _, file := range c.Files {
		report, err := c.checkFile(w, file, asOf)
		if err != nil {
			return err
		}
		reports = append(reports, report)
	}
	if err := c.print(w.stdout, reports); err != nil {
		return err
	}
	for _, r := range reports {
		for _, f := range r.Findings {
			if f.Severity == check.Error {
				return errFindings
			}
		}
	}
	return nil
}

// checkFile checks one file, and writes its marked copy when one is asked for.
func (c checkCommand) checkFile(w world, name string, asOf civil.Date) (fileReport, error) {
	file, err := os.Open(name)
	if err != nil {
		return fileReport{}, err
	}
	defer file.Close()
	named, err := columnsNamed(c.Map)
	if err != nil {
		return fileReport{}, err
	}
	policy, err := c.rulesConfig.policy()
	if err != nil {
		return fileReport{}, err
	}
	if info, err := file.Stat(); err == nil && info.Size() > bot.LargeFile {
		defer debug.SetGCPercent(debug.SetGCPercent(checkGarbage))
	}
	list, err := c.readFile(w.ctx, file, roster.ReadOptions{Kind: c.Kind, Map: named, Compact: true}, asOf, policy)
	if err != nil {
		return fileReport{}, fmt.Errorf("%s: %s", name, words(c.Lang, textOf(err)))
	}
	if c.Annotated == "" {
		list.checker = nil // the report takes the room of what the rules kept of everybody
	}
	report := reportOf(filepath.Base(name), list.ro, list.findings, asOf)
	for _, remark := range list.ro.Remarks {
		report.Remarks = append(report.Remarks, remarkReport{Code: remark.Key, Text: words(c.Lang, remark)})
	}
	if c.Annotated != "" {
		err = list.annotate(w.ctx, c.Annotated, c.Lang)
	}
	return report, err
}

// checkGarbage is how much memory may be garbage while a large list is checked, in percent of what is in use. The command has nothing
// else to do: a tenth more of its time takes a tenth off its memory, where a program that serves would lose more (bot.Spare).
const checkGarbage = 3

// columnsNamed reads what --map says: fields by their names in the report, columns by their letters.
func columnsNamed(pairs []string) (map[roster.Field]int, error) {
	named := map[roster.Field]int{}
	for _, pair := range pairs {
		name, column, _ := strings.Cut(pair, "=")
		field, known := roster.ParseField(strings.TrimSpace(name))
		index := roster.ColumnIndex(strings.TrimSpace(column))
		if !known || index < 0 {
			return nil, fmt.Errorf("--map %q: give a field and a column, such as full_name=C", pair)
		}
		named[field] = index
	}
	return named, nil
}

func (c checkCommand) asOf(w world) (civil.Date, error) {
	if c.AsOf != "" {
		day, err := civil.ParseISO(c.AsOf)
		if err != nil {
			return civil.Date{}, fmt.Errorf("--as-of is not a day of the form YYYY-MM-DD")
		}
		return day, nil
	}
	days, err := zone()
	if err != nil {
		return civil.Date{}, err
	}
	return civil.Of(w.now().In(days)), nil
}

// checkedFile is one file, read and checked.
type checkedFile struct {
	file     *os.File
	content  io.ReaderAt // of the file, without its password
	size     int64
	ro       *roster.Roster
	checker  *check.Checker
	findings []check.Finding
}

// unlocked gives what a file holds: itself, unless it is protected and the caller has named its password.
func (c checkCommand) unlocked(file *os.File) (io.ReaderAt, int64, error) {
	info, err := file.Stat()
	if err != nil || c.Password == "" {
		return file, sizeOf(info), err
	}
	format, err := paper.Sniff(file, info.Size())
	if err != nil || format != paper.Password {
		return file, info.Size(), err
	}
	password, err := os.ReadFile(c.Password)
	if err != nil {
		return nil, 0, fmt.Errorf("--password-file: %w", err)
	}
	content, err := xlsx.Unlock(file, info.Size(), strings.TrimRight(string(password), "\r\n"))
	return bytes.NewReader(content), int64(len(content)), err
}

func sizeOf(info fs.FileInfo) int64 {
	if info == nil {
		return 0
	}
	return info.Size()
}

// readFile reads and checks one file, which its caller closes.
func (c checkCommand) readFile(ctx context.Context, file *os.File, opt roster.ReadOptions, asOf civil.Date, policy ...check.Policy) (checkedFile, error) {
	content, size, err := c.unlocked(file)
	if err != nil {
		return checkedFile{}, err
	}
	book, err := workbooks{}.Read(ctx, content, size)
	if err != nil {
		return checkedFile{}, err
	}
	ro, err := roster.Read(book, opt)
	if err != nil {
		return checkedFile{}, err
	}
	if opt.Kind == "" || opt.Kind == "auto" {
		ro.Kind = kind.Guess(ro, asOf).Name
	}
	checker := check.NewBy(bot.Together, ro, kind.Of(ro.Kind).Rules, asOf, policy...)
	return checkedFile{file: file, content: content, size: size, ro: ro, checker: checker, findings: checker.Findings()}, nil
}

// annotate writes the marked copy: what can be tidied is tidied, the rest is marked.
func (f checkedFile) annotate(ctx context.Context, path, lang string) error {
	f.checker.Tidy()
	plan := report.Plan(f.ro, f.checker, func(text fault.Text) string { return words(lang, text) })
	if err := f.spares(path); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = workbooks{}.Copy(ctx, f.content, f.size, out, plan)
	if closing := out.Close(); err == nil {
		err = closing
	}
	return err
}

// spares refuses to write over the list that is being read.
func (f checkedFile) spares(path string) error {
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	own, err := f.file.Stat()
	if err == nil && os.SameFile(own, there) {
		err = fmt.Errorf("--annotated names the list itself; name another file")
	}
	return err
}

func (c checkCommand) print(out io.Writer, reports []fileReport) error {
	buffered := bufio.NewWriter(out)
	if c.Format == "json" {
		encoder := json.NewEncoder(buffered)
		encoder.SetEscapeHTML(false)
		var err error
		if len(reports) == 1 {
			err = encoder.Encode(reports[0])
		} else {
			err = encoder.Encode(reports)
		}
		if err != nil {
			return err
		}
		return buffered.Flush()
	}
	for _, r := range reports {
		c.printText(buffered, r)
	}
	return buffered.Flush()
}

// printText writes one file's findings as lines that a person reads and cut and sort take apart by tabs.
func (c checkCommand) printText(out *bufio.Writer, r fileReport) {
	fmt.Fprintln(out, words(c.Lang, fault.T("cli.check.head", "File", r.File, "Records", r.Records, "Clean", r.CleanRecords,
		"Findings", len(r.Findings))))
	for _, group := range check.Groups() {
		if n := r.Summary.ByGroup[group]; n > 0 {
			fmt.Fprintln(out, words(c.Lang, fault.T("cli.check.group", "Group", fault.T("group."+string(group)), "N", n)))
		}
	}
	for _, remark := range r.Remarks {
		fmt.Fprintln(out, remark.Text)
	}
	for _, f := range r.Findings {
		place := f.Sheet
		if f.Row > 0 {
			place = fmt.Sprintf("%s!%s%d", f.Sheet, f.Column, f.Row)
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s", place, words(c.Lang, fault.T("severity."+string(f.Severity))),
			words(c.Lang, fault.T("finding."+f.Code)), f.Value)
		if f.Suggestion != "" {
			fmt.Fprintf(out, "\t→ %s", f.Suggestion)
		}
		fmt.Fprintln(out)
	}
}

// catalog reads the texts once.
var catalog = sync.OnceValues(locales.New)

// words puts a text into a language.
func words(lang string, text fault.Text) string {
	catalog, err := catalog()
	if err != nil {
		return text.Key
	}
	printer := catalog.Printer(lang)
	return review.Words(text, func(t fault.Text) string { return printer.Text(t.Key, t.Args) })
}

// textOf gives an error's sentence, or says that there is none.
func textOf(err error) fault.Text {
	var said *fault.Error
	if errors.As(err, &said) {
		return said.Text()
	}
	return fault.T("cli.check.unreadable", "Cause", err.Error())
}
