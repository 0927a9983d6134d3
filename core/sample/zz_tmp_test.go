package sample
import ("testing";"lamsach/core/check";"lamsach/core/roster")
func BenchmarkTmpHuge(b *testing.B){ g, _ := Make(Options{Layout:"official", Rows: 100000, Seed: 1, FaultRate: 0.2, AsOf: asOf}); ro, err := roster.Read(g.Book(), roster.ReadOptions{Compact:true}); if err!=nil {b.Fatal(err)}
 b.ResetTimer(); n:=0; for b.Loop() { n = len(check.New(ro, check.Rules(), asOf).Findings()) }
	b.ReportMetric(float64(n),"found"); b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100000, "ns/row") }
