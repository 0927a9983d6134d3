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
		// Bà, Và, Ông and Mẹ are names
		"Con ông Lò Văn Bà và bà Quàng Thị Bà":     {Father: "Lò Văn Bà", Mother: "Quàng Thị Bà"},
		"Ông Lò Văn Bà - Bà Quàng Thị Xuân":        {Father: "Lò Văn Bà", Mother: "Quàng Thị Xuân"},
		"Con ông Lò Văn Bà, bà Quàng Thị Xuân":     {Father: "Lò Văn Bà", Mother: "Quàng Thị Xuân"},
		"Con ông Lò Văn Bà bà Quàng Thị Xuân":      {Father: "Lò Văn Bà", Mother: "Quàng Thị Xuân"},
		"Con ông A Và và bà Lò Thị Ông":            {Father: "A Và", Mother: "Lò Thị Ông"},
		"Con ông Tòng Văn Bà và bà Bà Thị Sen":     {Father: "Tòng Văn Bà", Mother: "Bà Thị Sen"},
		"Con ông Chẻo Ông Sơn và bà Hà Thị Mẹ":     {Father: "Chẻo Ông Sơn", Mother: "Hà Thị Mẹ"},
		"Vợ chồng ông Lò Văn An, bà Vì Thị Bình":   {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"vợ chồng ông Lò Văn An và bà Vì Thị Bình": {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Vợ chồng: Lò Văn An - Vì Thị Bình":        {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Tía: Lò Văn An, Má: Vì Thị Bình":          {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Tía: Lò Văn An; Má: Vì Thị Bình":          {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Tía Lò Văn An Má: Vì Thị Bình":            {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"BT: Lò Văn An; MT: Vì Thị Bình":           {Father: "Lò Văn An", Mother: "Vì Thị Bình"},
		"Giám hộ: Mùa Thị Xía (bà nội)":            {Guardian: "Mùa Thị Xía"},
		"Mẹ: Lò Thị Nuôi":                          {Mother: "Lò Thị Nuôi"},
		"Giám hộ: Mùa Thị Xía (1960) (bà nội)":     {Guardian: "Mùa Thị Xía"},
		"Mẹ: Vì Thị B (mẹ đẻ)":                     {Mother: "Vì Thị B"},
		// the year of something else than the birth
		"Lò Văn A (mất 2020)":                              {Father: "Lò Văn A"},
		"Lò Văn A (1985 - 2020)":                           {Father: "Lò Văn A", FatherBirth: "1985"},
		"Lò Văn A (sinh 1985, mất 2020)":                   {Father: "Lò Văn A", FatherBirth: "1985"},
		"Lò Văn A (mất ngày 12/3/2020), Vì Thị B (1988)":   {Father: "Lò Văn A", Mother: "Vì Thị B", MotherBirth: "1988"},
		"Lò Văn A - mất 2019":                              {Father: "Lò Văn A"},
		"Lò Văn A - TV 2018":                               {Father: "Lò Văn A"},
		"Mẹ: Vì Thị B mất 2020":                            {Mother: "Vì Thị B mất 2020"},
		"Bố: Lò Văn A (TV 2018); Mẹ: Vì Thị B (12/3/1988)": {Father: "Lò Văn A", Mother: "Vì Thị B", MotherBirth: "1988"},
		"Con ông Lò Văn A (đi tù 2022) và bà Vì Thị B":     {Father: "Lò Văn A", Mother: "Vì Thị B"},
		"Lò Văn A (CCCD 014085000776)":                     {Father: "Lò Văn A", FatherID: "014085000776"},
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

func TestParseParentsWithoutMarks(t *testing.T) {
	both := roster.Family{Father: "Lo Van An", Mother: "Vi Thi Binh"}
	for text, want := range map[string]roster.Family{
		"Con ong Lo Van An va ba Vi Thi Binh": both, "Con ong Lo Van An ba Vi Thi Binh": both, "con ong Lo Van An, ba Vi Thi Binh": both,
		"Ong Lo Van An, ba Vi Thi Binh": both, "Ong Lo Van An - Ba Vi Thi Binh": both, "O. Lo Van An; B. Vi Thi Binh": both,
		"Vo chong ong Lo Van An, ba Vi Thi Binh": both, "Lo Van An va Vi Thi Binh": both, "Lo Van An - Vi Thi Binh": both,
		"Cha Lo Van An, me Vi Thi Binh": both, "Cha Lo Van An, Me Vi Thi Binh": both, "Bo Lo Van An me Vi Thi Binh": both, "bo Lo Van An, me Vi Thi Binh": both,
		"Bo: Lo Van An; Me: Vi Thi Binh": both, "Bo: Lo Van An Me: Vi Thi Binh": both, "Ba: Lo Van An, Ma: Vi Thi Binh": both, "Ba Lo Van An, me Vi Thi Binh": both,
		"Tia: Lo Van An, Ma: Vi Thi Binh": both, "Ho ten cha: Lo Van An; Ho ten me: Vi Thi Binh": both, "Bo me: Lo Van An - Vi Thi Binh": both,
		"Vo: Vi Thi Binh, chong: Lo Van An": both, "Lo Van An (bo), Vi Thi Binh (me)": both, "BT: Lo Van An; MT: Vi Thi Binh": both,
		"CON ONG LO VAN AN VA BA VI THI BINH":                {Father: "LO VAN AN", Mother: "VI THI BINH"},
		"LO VAN AN VA VI THI BINH":                           {Father: "LO VAN AN", Mother: "VI THI BINH"},
		"BO: LO VAN AN; ME: VI THI BINH":                     {Father: "LO VAN AN", Mother: "VI THI BINH"},
		"CHA LO VAN AN, ME VI THI BINH":                      {Father: "LO VAN AN", Mother: "VI THI BINH"},
		"Cha: Lo Van An, SN 1985; Me: Vi Thi Binh, SN 1990":  {Father: "Lo Van An", FatherBirth: "1985", Mother: "Vi Thi Binh", MotherBirth: "1990"},
		"Con ong Lo Van An (1985) va ba Vi Thi Binh (1990)":  {Father: "Lo Van An", FatherBirth: "1985", Mother: "Vi Thi Binh", MotherBirth: "1990"},
		"Con ba Vi Thi Binh":                                 {Mother: "Vi Thi Binh"},
		"ba Vi Thi Binh":                                     {Mother: "Vi Thi Binh"},
		"Me: Vi Thi Binh":                                    {Mother: "Vi Thi Binh"},
		"me Vi Thi Binh":                                     {Mother: "Vi Thi Binh"},
		"Bo: Lo Van An":                                      {Father: "Lo Van An"},
		"Ba noi: Mua Thi Xia":                                {Guardian: "Mua Thi Xia"},
		"Ba noi Mua Thi Xia":                                 {Guardian: "Mua Thi Xia"},
		"o voi ba noi Mua Thi Xia":                           {Guardian: "Mua Thi Xia"},
		"Giam ho: Mua Thi Xia (ba noi)":                      {Guardian: "Mua Thi Xia"},
		"Me: Vi Thi Binh (1988), ba ngoai Lo Thi C cham soc": {Mother: "Vi Thi Binh", MotherBirth: "1988", Guardian: "Lo Thi C"},
		"bo chet": {}, "Bo chet, me di lam an xa": {}, "bo me bo di": {}, "mo coi": {}, "chet": {}, "Bo: chet; Me: Vi Thi Binh": {Mother: "Vi Thi Binh"},
		"Bo me da chet, o voi ba noi Mua Thi Xia": {Guardian: "Mua Thi Xia"},
		// the same words as names
		"Ba Thi Na":                            {Mother: "Ba Thi Na"},
		"Ma Thi Pang":                          {Mother: "Ma Thi Pang"},
		"Va Thi Dua":                           {Mother: "Va Thi Dua"},
		"Lau Va Chu - Va Thi Dua":              {Father: "Lau Va Chu", Mother: "Va Thi Dua"},
		"Sung A Va va Va Thi Dua":              {Father: "Sung A Va", Mother: "Va Thi Dua"},
		"Ong Ba Loi":                           {Guardian: "Ong Ba Loi"},
		"Ong Van Ba":                           {Guardian: "Ong Van Ba"},
		"Lo Van Bo - Quang Thi Me":             {Father: "Lo Van Bo", Mother: "Quang Thi Me"},
		"Lo Van Ba, Quang Thi Ba":              {Father: "Lo Van Ba", Mother: "Quang Thi Ba"},
		"Con ong Lo Van Ba va ba Quang Thi Ba": {Father: "Lo Van Ba", Mother: "Quang Thi Ba"},
		"Co Van Anh; Vo Thi Chi":               {Father: "Co Van Anh", Mother: "Vo Thi Chi"},
		"Vo Van Di, Chu Thi Co":                {Father: "Vo Van Di", Mother: "Chu Thi Co"},
		"LO VAN VA":                            {Guardian: "LO VAN VA"},
		"ONG BA LOI":                           {Guardian: "ONG BA LOI"},
		"Lo Thi Nuoi":                          {Mother: "Lo Thi Nuoi"},
		"Bo: Ba Van An; Me: Ong Thi Binh":      {Father: "Ba Van An", Mother: "Ong Thi Binh"},
		"Cha Ba Van An, me Ong Thi Binh":       {Father: "Ba Van An", Mother: "Ong Thi Binh"},
		"VA A VA":                              {Guardian: "VA A VA"},
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
	for _, text := range []string{"Con ông A và bà B", "Bố: A Mẹ: B", "A (1985) – B", "İ mẹ: x", "\xff mẹ: \xfe", "ông - bà ", "Bo: A Me: B", "Con ong A va ba B", "o voi ba"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { roster.ParseParents(text) })
}
