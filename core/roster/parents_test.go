package roster_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/roster"
)

func TestParseParents(t *testing.T) {
	for text, want := range map[string]roster.Family{
		"":                                {},
		"không":                           {},
		"Lò Văn A":                        {Father: "Lò Văn A"},
		"Vì Thị B":                        {Mother: "Vì Thị B"},
		"Mẹ: Vì Thị B":                    {Mother: "Vì Thị B"},
		"Mẹ Vì Thị B":                     {Mother: "Vì Thị B"},
		"Bố Lò Văn A":                     {Father: "Lò Văn A"},
		"Má Thị Páng":                     {Mother: "Má Thị Páng"}, // Má is a family name too
		"Mùa Chìa Sông":                   {Guardian: "Mùa Chìa Sông"},
		"Lò Văn A (1985) – Vì Thị B":      {Father: "Lò Văn A", FatherBirth: "1985", Mother: "Vì Thị B"},
		"Lò Văn A - Vì Thị B":             {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Lò Văn A, Vì Thị B":              {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Lò Văn A/Vì Thị B":               {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Vì Thị B; Lò Văn A":              {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Lò Văn A\nVì Thị B":              {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Lò Văn A và Vì Thị B":            {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Con ông Lò Văn A và bà Vì Thị B": {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Con ông Lò Văn A, bà Vì Thị B":   {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"ông Lò Văn A (1985), bà Vì Thị B (sn 1988)":       {Father: "Lò Văn A", FatherBirth: "1985", Mother: "Vì Thị B", MotherBirth: "1988"},
		"Con bà Vì Thị B":                                  {Mother: "Vì Thị B"},
		"Bố: Lò Văn A Mẹ: Vì Thị B":                        {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Bố: Lò Văn A; Mẹ: Vì Thị B":                       {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Cha: Lò Văn A, sinh năm 1985; mẹ: không":          {Father: "Lò Văn A", FatherBirth: "1985"},
		"Ông Danh Luật – Khuất Minh An":                    {Father: "Ông Danh Luật", Mother: "Khuất Minh An"}, // Ông is a family name too
		"Lò Văn A 014085000776 – Vì Thị B 014188000777":    {Father: "Lò Văn A", FatherID: "014085000776", Mother: "Vì Thị B", MotherID: "014188000777"},
		"Người giám hộ: Mùa Thị Bà":                        {Guardian: "Mùa Thị Bà"},
		"Bà nội: Mùa Thị Xía":                              {Guardian: "Mùa Thị Xía"},
		"Mẹ: Vì Thị B (1988), bà ngoại Lò Thị C chăm sóc":  {Mother: "Vì Thị B", MotherBirth: "1988", Guardian: "Lò Thị C"},
		"Lò Văn A – 1985":                                  {Father: "Lò Văn A", FatherBirth: "1985"},
		"Lò Văn A (bố), Vì Thị B (mẹ)":                     {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Mùa Thị Xía (bà nội)":                             {Guardian: "Mùa Thị Xía"},
		"B: Lò Văn A; M: Vì Thị B":                         {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Lò Văn Bà Bố":                                     {Father: "Lò Văn Bà Bố"},
		"Con ông Lò Văn A (đã mất) và bà Vì Thị B":         {Father: "Lò Văn A (đã mất)", Mother: "Vì Thị B"},
		"(Bố) Lò Văn An (Mẹ) Vì Thị Bình":                  {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Lò Văn An (bố) Vì Thị Bình (mẹ)":                  {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Bố Lò Văn An mẹ Vì Thị Bình":                      {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"BỐ LÒ VĂN AN MẸ VÌ THỊ BÌNH":                      {Father: "LÒ VĂN AN", Mother: "VÌ THỊ BÌNH"},
		"Họ tên cha: Lò Văn A Họ tên mẹ: Vì Thị B":         {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Bố mẹ: Lò Văn A - Vì Thị B":                       {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Ô. Lò Văn An; B. Vì Thị Bình":                     {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Ô: Lò Văn An, B: Vì Thị Bình":                     {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Vợ: Vì Thị Bình, chồng: Lò Văn An":                {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"1. Lò Văn An\n2. Vì Thị Bình":                     {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"1/ Lò Văn An 2/ Vì Thị Bình":                      {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Lò Văn An    Vì Thị Bình":                         {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Mùa A Páo     Giàng Thị Dợ":                       {Father: "Mùa A Páo", Mother: "Giàng Thị Dợ"},
		"Vì Thị  Bình":                                     {Mother: "Vì Thị  Bình"}, // a slip
		"Lò Văn An – Vì Thị Bình ĐT 0912345678":            {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Lò Văn An 0912.345.678 – Vì Thị Bình":             {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Lò Văn An (SĐT: 0912 345 678)":                    {Father: "Lò Văn An"},
		"Lò Văn A 035085000776 – Vì Thị B":                 {Father: "Lò Văn A", FatherID: "035085000776", Mother: "Vì Thị B"},
		"Lò Văn A(1985) Vì Thị B(1988)":                    {Father: "Lò Văn A", FatherBirth: "1985", Mother: "Vì Thị B", MotherBirth: "1988"},
		"Cha: Lò Văn A - CCCD: 014085000776; Mẹ: Vì Thị B": {Father: "Lò Văn A", FatherID: "014085000776", Mother: "Vì Thị B"},
		"Cha Lò Văn A, mẹ Vì Thị B":                        {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Mẹ đơn thân: Vì Thị B":                            {Mother: "Vì Thị B"},
		"Dì Lò Thị E":                                      {Guardian: "Lò Thị E"},
		"Chú Lò Văn D nuôi":                                {Guardian: "Lò Văn D"},
		"bà Vì Thị B":                                      {Mother: "Vì Thị B"},
		"Bố đi làm ăn xa, ở với bác Lò Văn D":              {Guardian: "Lò Văn D"},
		"Con ngoài giá thú, mẹ Vì Thị B":                   {Mother: "Vì Thị B"},
		// notes name nobody
		"Bố mẹ bỏ đi": {}, "mồ côi": {}, "Bố chết, mẹ đi làm ăn xa": {}, "bố đi tù; mẹ bỏ đi": {}, "đã ly hôn": {}, "Mồ côi cả cha lẫn mẹ": {}, "bà nội": {},
		"Bố mẹ đã chết, ở với bà nội Lò Thị Cương":         {Guardian: "Lò Thị Cương"},
		"Bố mẹ đã chết ở với bà nội Lò Thị Cương":          {Guardian: "Lò Thị Cương"},
		"Mồ côi, do ông ngoại Lò Văn C nuôi dưỡng":         {Guardian: "Lò Văn C"},
		"Bố bỏ đi, ở với mẹ Vì Thị B":                      {Mother: "Vì Thị B"},
		"Mẹ: Vì Thị B (1988), hộ nghèo":                    {Mother: "Vì Thị B", MotherBirth: "1988"},
		"Anh ruột: Lò Văn Ún":                              {Guardian: "Lò Văn Ún"},
		"Trung tâm Bảo trợ xã hội – Trẻ em mồ côi, Sơn La": {Guardian: "Trung tâm Bảo trợ xã hội – Trẻ em mồ côi, Sơn La"},
	} {
		if diff := cmp.Diff(want, roster.ParseParents(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestParentsInOneCellAreFields(t *testing.T) {
	ro := read(t, page("Sheet1", "STT|Họ và tên|Ngày sinh|Họ và tên bố/mẹ/người giám hộ", "#1|Lò Văn Thử|09/05/2016|Lò Văn A (1985) – Vì Thị B", "#2|Mùa Thị Dợ|10/06/2017|", "#3|Hà Văn Bé|11/07/2018|Vì Thị C"))
	for _, c := range []struct {
		rec  int
		f    roster.Field
		want string
	}{
		{0, roster.FatherName, "Lò Văn A"}, {0, roster.FatherBirth, "1985"}, {0, roster.MotherName, "Vì Thị B"},
		{1, roster.MotherName, ""}, {2, roster.FatherName, ""}, {2, roster.MotherName, "Vì Thị C"},
	} {
		if got := ro.Value(c.rec, c.f); got.Text != c.want || got.Absent {
			t.Errorf("%s of person %d is %+v, want %q", c.f, c.rec, got, c.want)
		}
	}
	if _, ok := ro.Place(0, roster.MotherName, "Vì Thị B"); ok {
		t.Error("a name was placed in the cell of the whole family")
	}
}

func FuzzParseParents(f *testing.F) {
	for _, text := range []string{"Con ông A và bà B", "Bố: A Mẹ: B", "A (1985) – B", "İ mẹ: x", "\xff mẹ: \xfe", "ông - bà "} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { roster.ParseParents(text) })
}
