package xlsx

import "bytes"

// enough is how much of the window must lie ahead for the quick way; nearly every cell is shorter.
const enough = 4096

// quickCell reads one cell that lies whole in the window and is written as Excel, LibreOffice, openpyxl and excelize write most cells:
// reference, style, kind, value. Anything else it leaves to readCell, untouched.
func (r *sheetReader) quickCell() (bool, error) {
	b := r.Window(enough)
	column, style, kind, i := r.quickTag(b)
	if i == 0 {
		return false, nil
	}
	cell := raw{kind: kind, style: style}
	switch {
	case b[i] == '/':
		if i+1 >= len(b) || b[i+1] != '>' {
			return false, nil
		}
		i += 2
	case kind == kindInline:
		value, length := quickInline(b[i+1:])
		if length == 0 {
			return false, nil
		}
		cell.value = value
		i += 1 + length
	default:
		value, length := quickValue(b[i+1:])
		if length == 0 {
			return false, nil
		}
		cell.value = value
		i += 1 + length
	}
	if err := r.moveTo(column); err != nil {
		return false, err
	}
	r.Pos += i
	return true, r.set(&cell)
}

// quickTag reads <c r="B7" s="3" t="s" up to what ends the tag, which stands at the place returned; 0 means: not written so.
func (r *sheetReader) quickTag(b []byte) (column, style int, kind kind, i int) {
	const open = `<c r="`
	if len(b) < 64 || string(b[:len(open)]) != open {
		return 0, 0, 0, 0
	}
	i = len(open)
	for ; i < len(open)+3 && b[i] >= 'A' && b[i] <= 'Z'; i++ {
		column = column*26 + int(b[i]-'A') + 1
	}
	if column == 0 || !bytes.HasPrefix(b[i:], r.rowText) {
		return 0, 0, 0, 0
	}
	i += len(r.rowText)
	if string(b[i:i+4]) == ` s="` {
		from := i + 4
		for i = from; i < from+5 && b[i] >= '0' && b[i] <= '9'; i++ {
			style = style*10 + int(b[i]-'0')
		}
		if i == from || b[i] != '"' {
			return 0, 0, 0, 0
		}
		i++
	}
	kind = kindNumber
	if string(b[i:i+4]) == ` t="` {
		i += 4
		switch {
		case b[i] == 's' && b[i+1] == '"':
			kind, i = kindShared, i+2
		case b[i] == 'n' && b[i+1] == '"':
			i += 2
		case string(b[i:i+10]) == `inlineStr"`:
			kind, i = kindInline, i+10
		case string(b[i:i+4]) == `str"`:
			kind, i = kindText, i+4
		default:
			return 0, 0, 0, 0
		}
	}
	if b[i] != '>' && b[i] != '/' {
		return 0, 0, 0, 0
	}
	return column - 1, style, kind, i
}

// quickValue reads <v>…</v></c> at the beginning of b.
func quickValue(b []byte) (value []byte, length int) {
	const open, closing = "<v>", "</v></c>"
	if len(b) < len(open) || string(b[:len(open)]) != open {
		return nil, 0
	}
	value, ok := upToTag(b[len(open):])
	after := len(open) + len(value)
	if !ok || len(b) < after+len(closing) || string(b[after:after+len(closing)]) != closing {
		return nil, 0
	}
	return value, after + len(closing)
}

// quickInline reads <is><t>…</t></is></c> at the beginning of b.
func quickInline(b []byte) (value []byte, length int) {
	const open, preserve, closing = "<is><t", ` xml:space="preserve"`, "</t></is></c>"
	if len(b) < len(open)+len(preserve)+1 || string(b[:len(open)]) != open {
		return nil, 0
	}
	from := len(open)
	if string(b[from:from+len(preserve)]) == preserve {
		from += len(preserve)
	}
	if b[from] != '>' {
		return nil, 0
	}
	from++
	value, ok := upToTag(b[from:])
	after := from + len(value)
	if !ok || len(b) < after+len(closing) || string(b[after:after+len(closing)]) != closing {
		return nil, 0
	}
	return value, after + len(closing)
}
