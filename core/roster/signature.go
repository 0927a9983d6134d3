package roster

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"lamsach/core/viet"
)

// Signature names a layout: the header texts and where they stand, on the first sheet that is a list. Two files exported by
// the same program have the same one, whoever stands in them. It is empty when there is no header.
func (r *Roster) Signature() string {
	for i := range r.Sheets {
		sheet := &r.Sheets[i]
		if len(sheet.HeaderRows) == 0 {
			continue
		}
		all := slices.Concat(sheet.Columns, sheet.Other)
		slices.SortStableFunc(all, func(a, b Column) int { return cmp.Compare(a.Index, b.Index) })
		sum := sha256.New()
		for _, c := range all {
			if c.Header != "" {
				sum.Write([]byte(strconv.Itoa(c.Index) + "=" + viet.Fold(c.Header) + "\n"))
			}
		}
		return hex.EncodeToString(sum.Sum(nil)[:16])
	}
	return ""
}
