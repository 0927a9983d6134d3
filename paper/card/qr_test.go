package card_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"lamsach/core/fault"
	"lamsach/paper/card"
)

func TestQRIsReadBack(t *testing.T) {
	for _, text := range []string{
		"https://t.me/lamsach_bot?start=K7Q2M9XDK7Q2M9XDK7Q2M9XD",
		"a",
		"Xã Tà Xùa – mời vào làm sạch dữ liệu",
		strings.Repeat("0123456789abcdef", 60),
	} {
		var out bytes.Buffer
		if err := card.QR(&out, text); err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(&out)
		if err != nil {
			t.Fatal(err)
		}
		if b := picture.Bounds(); b.Dx() != b.Dy() || b.Dx() < 600 || b.Dx() > 1000 {
			t.Errorf("a code of %v", b)
		}
		bits, err := gozxing.NewBinaryBitmapFromImage(picture)
		if err != nil {
			t.Fatal(err)
		}
		read, err := qrcode.NewQRCodeReader().Decode(bits, nil)
		if err != nil || read.GetText() != text {
			t.Errorf("read %q, %v; want %q", read, err, text)
		}
	}
}

func TestTextTooLongForQR(t *testing.T) {
	var out bytes.Buffer
	err := card.QR(&out, strings.Repeat("x", 2400))
	if !fault.Is(err, fault.Invalid) || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}
