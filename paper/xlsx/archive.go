package xlsx

import (
	"io"
	"path"
	"strings"

	"lamsach/paper/cells"
	"lamsach/paper/pack"
)

// archive is the package around the parts of a workbook.
type archive struct{ *pack.Package }

// openArchive reads the directory of a package.
func openArchive(r io.ReaderAt, size int64, limits cells.Limits) (*archive, error) {
	p, err := pack.Open(r, size, limits, "worksheets/sheet", "</row>")
	return &archive{p}, err
}

// resolve gives the name of a part that a relationship of the part base points at: absolute, or relative to base's folder.
func resolve(base, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(base), target), "/")
}

// relationsOf is the name of the part that holds the relationships of a part; "" stands for the package itself.
func relationsOf(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}
