package person

import (
	"strings"

	"lamsach/core/viet"
)

// fillers knows the notes that people write where a value is missing. Words are compared with their marks, since
// many notes become names without them (mất and Mật, trống and Trọng).
type fillers struct {
	whole    map[string]bool
	prefixes [256][]string   // by first byte
	starts   [256][4]uint64  // bit sets of the second bytes that follow a first one
	firsts   map[string]bool // first words
}

// newFillers takes notes that are the whole text, and beginnings of notes. Those of several words are also known without
// marks.
func newFillers(whole, prefixes string) *fillers {
	f := &fillers{whole: map[string]bool{}, firsts: map[string]bool{}}
	for _, text := range splitList(whole) {
		f.addWhole(text)
		if strings.Contains(text, " ") {
			f.addWhole(viet.Fold(text))
		}
	}
	for _, text := range splitList(prefixes) {
		f.addPrefix(text)
		if plain := viet.Fold(text); plain != text && strings.Contains(text, " ") {
			f.addPrefix(plain)
		}
	}
	return f
}

func (f *fillers) addPrefix(text string) {
	f.prefixes[text[0]] = append(f.prefixes[text[0]], text)
	f.addStart(text)
}

func (f *fillers) addWhole(text string) {
	f.whole[text] = true
	f.addStart(text)
}

func (f *fillers) addStart(text string) {
	first, _, _ := strings.Cut(text, " ")
	f.firsts[first] = true
	if len(text) > 1 {
		f.starts[text[0]][text[1]>>6] |= 1 << (text[1] & 63)
	}
}

// mayHave rules most names out by their first two bytes; text is tidy and longer than that.
func (f *fillers) mayHave(text string) bool {
	first, second := text[0], text[1]
	if first >= 0x80 {
		return true
	}
	first |= 0x20
	if second < 0x80 {
		second |= 0x20
	}
	return f.starts[first][second>>6]&(1<<(second&63)) != 0
}

// begins reports whether a word is the first one of a note; it is none of hyphens and apostrophes.
func (f *fillers) begins(word string) bool {
	var buffer [96]byte
	return f.firsts[string(viet.AppendLower(buffer[:0], word))]
}

func splitList(list string) []string {
	var out []string
	for _, text := range strings.FieldsFunc(list, func(r rune) bool { return r == ';' || r == '\n' }) {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

const commonNotes = `-; --; ---; ----; .; ..; ...; …; ?; ??; ???; /; //; \; _; __; *; **; +; x; xx; xxx; xxxx; ×; o; 0; 00; 000; k; ko; kg; kh;
không; khong; hông; không có; ko có; k có; không rõ; ko rõ; không biết; không xác định; không nhớ; chưa; chua; chưa có; chưa rõ; chưa biết;
chưa xác định; chưa làm; chưa cấp; chưa khai sinh; đang làm; đang chờ; bỏ trống; để trống; n/a; #n/a; null; none; nil; nt; -nt-; mất; đã mất; chết;
đã chết; bỏ; bỏ đi; đã bỏ đi; nghỉ`

const commonPrefixes = `chưa; không có; không rõ; không biết; không xác định; không nhớ; không tìm; không ghi; không khai; ko có; chưa có; chưa rõ;
chưa biết; chưa xác định; chưa cấp; chưa làm; chưa khai; chưa đăng; đang làm; đang chờ; đang xin; đang cấp; đang đăng; chờ cấp; chờ làm;
bỏ đi; bỏ nhà; đã mất; đã chết; mất giấy; mất tích; mồ côi; ly hôn; ly dị`

var (
	notes = newFillers(commonNotes+"; trống; quên", commonPrefixes+
		"; không; đang; chờ; đợi; quên; hẹn; sẽ; thiếu; hỏi; bổ sung; làm lại; xin cấp; theo mẹ; theo bố")
	nameNotes = newFillers(commonNotes+`; bé gái; bé trai; con gái; con trai; em bé; cháu bé; cháu gái; cháu trai; trẻ sơ sinh; sơ sinh; vô danh;
không tên; chưa tên; chưa đặt; chưa đặt tên; chưa có tên`, commonPrefixes+`; chưa đặt; chưa tên; không tên; không đặt; con bà; con ông; con chị; con anh;
con cô; con mẹ; con của; con nhà; cháu bà; cháu ông; bé gái; bé trai; bé chưa; trẻ chưa; không cha; không bố; không mẹ; không còn`)
	// relativeNotes say of a relative that he is not there.
	relativeNotes = newFillers(`qua đời; tử vong; từ trần; hy sinh; bỏ trốn; trốn; xklđ; đi tù; đi xa; tái hôn; khuyết; đi`, `đã ly; đã tử; đã qua; đã hy; đã chết; đã mất; đã bỏ; đã đi; đi làm; làm ăn;
đi tù; ở tù; đang ở tù; đang đi; đi lao động; lao động; đi nước ngoài; ở nước ngoài; ở xa; đi xa; đi trại; đi cai; cai nghiện; đang cai; chấp hành; đang chấp hành; bị bắt; bị tù;
đi lấy; lấy chồng; lấy vợ; đi bước; tái hôn; ly thân; bỏ con; bỏ rơi; bị bỏ; trẻ bị bỏ; bỏ trốn; qua đời; tử vong; liệt sỹ; liệt sĩ; con ngoài; ngoài giá thú; không chung sống; không ở;
không nhận; không nuôi; không sống; không còn; bị tâm thần; tâm thần; xuất khẩu; đi xuất; đi xklđ; đi biệt; chết; mất năm; mất do; mất vì; mất sớm; mất từ; đều`)
	// tailNotes stand behind a name, in small letters.
	tailNotes = newFillers("chết; mất; trùng; xóa; xoá; cũ; hộ nghèo; đi", `chuyển; đã; chết; mất; tức; tức là; còn gọi; hay gọi; hay còn; hoặc; tên; bí danh; biệt danh; gọi là; gọi tắt; thường gọi;
trùng; đang; không; chưa; bỏ; ở; hộ; sinh; sinh năm; con; cháu; theo; về; đi; mới; tạm; nay; tuổi; học; lớp; khuyết tật; mồ côi; ly hôn; xóa; xoá; không có`)
	// plainTails do so in capitals too.
	plainTails = newFillers("", "chuyển đi; đã chuyển; chuyển hộ khẩu; chuyển khẩu; đã chết; đã mất; còn gọi; hay còn gọi; tên gọi; tên thường; bí danh; biệt danh; tức là; gọi là")
)

// is reports whether the whole text is one of the notes.
func (f *fillers) is(text string) bool {
	var buffer [96]byte
	return f.whole[string(viet.AppendLower(buffer[:0], text))]
}

// has reports whether a text is a note and no value. It needs no memory of its own for tidy text.
func (f *fillers) has(text string) bool {
	var buffer [96]byte
	lower := viet.AppendLower(buffer[:0], text)
	if f.whole[string(lower)] {
		return true
	}
	if len(lower) == 0 {
		return false
	}
	for _, prefix := range f.prefixes[lower[0]] {
		if len(lower) >= len(prefix) && string(lower[:len(prefix)]) == prefix && (len(lower) == len(prefix) && viet.HasMarks(prefix) || len(lower) > len(prefix) && !isWordByte(lower[len(prefix)])) {
			return true
		}
	}
	last := lower[len(lower)-1]
	return (last == '.' || last == ',' || last == ')') && f.whole[strings.Trim(string(lower), "().,; ")]
}

func isWordByte(b byte) bool { return b >= 0x80 || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }
