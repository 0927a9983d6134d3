package xlsx_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"lamsach/core/roster"
	"lamsach/paper/xlsx"
)

func exampleTable(people int) xlsx.Table {
	table := xlsx.Table{
		Sheet: "Bàn giao", Title: []string{"DANH SÁCH TRẺ EM CHƯA CÓ SỐ ĐỊNH DANH", "Số BG-014-0007, 201 trẻ"},
		Columns: []xlsx.TableColumn{{"STT", 6}, {"Họ và tên", 28}, {"Ngày sinh", 14}, {"Số định danh", 18}, {"Ghi chú", 0}},
		Below:   []string{"Người giao", "Người nhận"},
	}
	for i := range people {
		table.Rows = append(table.Rows, []roster.Cell{
			{Text: "1", Kind: roster.Number}, text("=Mùa Thị Dợ & <b>"), {Text: "2016-05-09", Kind: roster.Date}, text("014316001234"),
		}[:3+i%2])
	}
	return table
}

func TestWrite(t *testing.T) {
	table := exampleTable(40)
	var out, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&out, &again} {
		if err := xlsx.Write(w, table); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same table gives other bytes")
	}
	if folder := os.Getenv("KEEP_PATCHED"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, "written.xlsx"), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	compareWithExcelize(t, out.Bytes())
	want := map[[2]int]roster.Cell{{1, 0}: text(table.Title[0]), {2, 0}: text(table.Title[1]), {46, 0}: text("Người giao"), {47, 0}: text("Người nhận")}
	for i, c := range table.Columns {
		want[[2]int{4, i}] = text(c.Header)
	}
	for i, row := range table.Rows {
		for column, cell := range row {
			want[[2]int{5 + i, column}] = cell
		}
	}
	if diff := cmp.Diff(want, grid(t, out.Bytes(), 0)); diff != "" {
		t.Error(diff)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetSheetDimension("Bàn giao"); got != "A1:E47" {
		t.Errorf("dimension %s", got)
	}
	layout, err := f.GetPageLayout("Bàn giao")
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 {
		t.Errorf("page %+v %v", layout, err)
	}
	var names []string
	for _, name := range f.GetDefinedName() {
		names = append(names, name.Name+" "+name.RefersTo)
	}
	if diff := cmp.Diff([]string{"_xlnm.Print_Titles 'Bàn giao'!$4:$4", "_xlnm._FilterDatabase 'Bàn giao'!$A$4:$E$44"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestWriteNothing(t *testing.T) {
	if err := xlsx.Write(&bytes.Buffer{}, xlsx.Table{Sheet: "a"}); err == nil {
		t.Error("a table without columns was written")
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, xlsx.Table{Sheet: "a", Columns: []xlsx.TableColumn{{Header: "STT"}}}); err != nil {
		t.Fatal(err)
	}
	if got := grid(t, out.Bytes(), 0); len(got) != 1 {
		t.Errorf("read %v", got)
	}
}
