// Package card makes the codes that a phone's camera reads.
package card

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"

	"lamsach/core/fault"
)

// side is the width of a code's picture in dots; quiet is the white border that readers need, in modules of the code.
const (
	side  = 720
	quiet = 4
)

// QR writes a square PNG with the text as a QR code, its letters UTF-8, dark on white, with the border that readers ask for
// and error correction M. A text longer than such a code holds (2,331 bytes) is Invalid, "qr.too_long".
func QR(w io.Writer, text string) error {
	hints := map[gozxing.EncodeHintType]any{
		gozxing.EncodeHintType_CHARACTER_SET: "UTF-8", gozxing.EncodeHintType_MARGIN: quiet,
		gozxing.EncodeHintType_ERROR_CORRECTION: decoder.ErrorCorrectionLevel_M,
	}
	code, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, side, side, hints)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "qr.too_long")
	}
	picture := image.NewPaletted(image.Rect(0, 0, code.GetWidth(), code.GetHeight()), color.Palette{color.White, color.Black})
	for y := range code.GetHeight() {
		for x := range code.GetWidth() {
			if code.Get(x, y) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	if err := png.Encode(w, picture); err != nil {
		return fmt.Errorf("card: write the code: %w", err)
	}
	return nil
}
