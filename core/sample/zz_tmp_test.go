package sample
import ("testing";"fmt";"lamsach/core/check";"lamsach/core/roster")
func TestTmpLikely(t *testing.T){
 rows, hits := 0, 0
 for _, rate := range []float64{0, 0.25} {
 for _, layout := range Layouts() { for seed := range uint64(4) { for _, n := range []int{60, 700, 6600} {
  if n==6600 && seed>0 {continue}
  o := Options{Layout: layout, Rows: n, Seed: seed+100, FaultRate: rate, AsOf: asOf}
  if o.Valid()!=nil {continue}
  g, truth := Make(o)
  list, err := roster.Read(g.Book(), roster.ReadOptions{})
  if err!=nil {t.Fatal(err)}
  clean := map[Place]bool{}
  for _, p := range truth.Clean { clean[p]=true }
  rows += len(list.Records)
  for _, f := range check.New(list, map[bool][]check.Rule{true:check.Rules(),false:check.BeneficiaryRules()}[list.Kind=="child"], asOf).Findings() {
   if f.Code=="record.likely_duplicate" { 
    r := list.Records[f.Record]
    hits++
    if hits<40 { b := f.Related[0]
    fmt.Println(rate, layout, n, seed, clean[Place{list.Sheets[r.Sheet].Name, r.Row}], r.Row, f.Args["Why"], f.Args["Days"], f.Args["Score"], f.Confidence)
    for _, i := range []int{f.Record,b} { fmt.Print("    "); for _, fd := range []roster.Field{roster.FullName,roster.BirthDate,roster.Sex,roster.MotherName,roster.FatherName,roster.Village,roster.PersonalID} {fmt.Print(list.Value(i,fd).Text," | ")}; fmt.Println() }
    }
   }
  }
 }}}}
 fmt.Println(rows, hits)
}
