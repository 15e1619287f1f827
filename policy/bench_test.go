package policy

import (
	"fmt"
	"testing"
	"time"

	"entente"
)

func BenchmarkDecide(b *testing.B) {
	terms, err := Compile(northStar())
	if err != nil {
		b.Fatal(err)
	}
	for _, subjects := range []int{0, 1, 10, 200} {
		b.Run(fmt.Sprintf("subjects=%d", subjects), func(b *testing.B) {
			m := aTip()
			s := m.Statement.Tip.Subjects[0]
			m.Statement.Tip.Subjects = nil
			for range subjects {
				m.Statement.Tip.Subjects = append(m.Statement.Tip.Subjects, s)
			}
			f := Facts{Message: m, Side: Receiving, Now: time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)}
			b.ReportAllocs()
			for b.Loop() {
				if d := terms.Decide(f); !d.Pass {
					b.Fatal(d.Err())
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	a := northStar()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOwed(b *testing.B) {
	a := northStar()
	var thread []Exchanged
	for i := range 100 {
		m := aTip()
		m.Header.ID = entente.MessageID(fmt.Sprint(i))
		m.Header.Precedence = entente.Flash
		thread = append(thread, Exchanged{Message: m, Receipt: &entente.Receipt{At: time.Unix(1.3e9, 0)}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(Owed(a, thread, nil)) != 200 {
			b.Fatal("not all is owed")
		}
	}
}
