package report

import "lamsach/core/civil"

// Document is a paper of administration in the form of Nghị định 30/2020/NĐ-CP, appendix I. All texts are ready to be shown.
type Document struct {
	Country, Motto string // quốc hiệu, tiêu ngữ
	Above          string // the authority above whoever issues it; may be empty
	Issuer         string // cơ quan ban hành
	Number         string // số, ký hiệu: "Số: 12/BC-UBND"
	PlaceAndDate   string // "Tà Xùa, ngày 15 tháng 11 năm 2026"
	Kind           string // tên loại: "BÁO CÁO"
	About          string // trích yếu
	To             string // kính gửi; may be empty
	Opening        []string
	Parts          []DocumentPart
	Closing        string
	Recipients     Recipients
	Authority      string // in whose name it is signed: "TM. ỦY BAN NHÂN DÂN"; may be empty
	Post           string // chức vụ
	Signer         string // empty: the name is left to be written
	On             civil.Date
}

// DocumentPart is a stretch of the paper: a heading, paragraphs, a table; each may be missing.
type DocumentPart struct {
	Heading    string
	Paragraphs []string
	Table      *DocumentTable
}

// DocumentTable is a table that goes on over the pages with its head repeated.
type DocumentTable struct {
	Head   []string
	Rows   [][]string
	Total  []string // stands out at the end; nil: none
	Weight []int    // how wide the columns are beside each other; nil: the first is three times the others
	Left   int      // how many columns, from the first, hold words; the others hold numbers
}

// Recipients is nơi nhận.
type Recipients struct {
	Title string
	List  []string
}
