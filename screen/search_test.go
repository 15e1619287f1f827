package screen

import (
	"strings"
	"testing"

	"entente"
)

// A search lists who may be meant, and an alarm keeps its line: what is weak makes
// no task and no hit.
func TestFindListsWeakMatches(t *testing.T) {
	w := newWorld(t)
	w.watch("Arsen Kadaev", "1986-03-14")
	if _, err := w.list("number,name,born\n1,Зарема Кадаева,1990-05-30\n2,राहुल शर्मा,1984-05-06\n"); err != nil {
		t.Fatal(err)
	}
	got, err := w.Find(t.Context(), person("Кадаев", ""))
	if err != nil || len(got.Found) != 2 || len(got.Matches()) != 0 || got.Found[0].Target.Kind != entente.TargetWatch || got.Found[0].Weak != entente.WeakName || got.Searched != 3 {
		t.Errorf("the surname alone: %+v, %v", got, err)
	}
	got, err = w.Find(t.Context(), person("ರಾಹುಲ್", "1984-05-06"))
	if err != nil || len(got.Of(entente.WeakBirth)) != 1 || len(got.Unread) != 1 || !got.Unread[0].Whole {
		t.Errorf("a name that cannot be read: %+v, %v", got, err)
	}
	if f := w.feed(flights("Kadaev,,", "ರಾಹುಲ್,1984-05-06,")); f.Hits != 0 || f.Near != 0 || len(w.tasks()) != 0 {
		t.Errorf("weak matches alarm: %+v", f)
	}
}

// Names that cannot be read are told of what comes in, each by a remark, and
// counted.
func TestUnreadNamesAreRemarks(t *testing.T) {
	w := newWorld(t)
	e, err := w.list("number,name\n1,Arsen Kadaev\n2,राहुल शर्मा\n3,Rahul शर्मा\n")
	if err != nil || e.Added != 3 || e.Aside != 2 {
		t.Fatalf("%+v, %v", e, err)
	}
	aside := read(w, func(tx entente.Tx) ([]entente.SetAside, error) { return tx.Aside(e.Source, e.Number) })
	if len(aside) != 2 || aside[0].Field != "name" || aside[0].Record != "2" || aside[0].Text != "राहुल शर्मा" || !strings.HasPrefix(aside[0].Reason, "letters of Devanagari cannot be read here: compared by birth date and number only") || !strings.HasSuffix(aside[1].Reason, "compared by the rest of the name") {
		t.Errorf("the import says %+v", aside)
	}
	f := w.feed(flights("Mira Volna,1979-05-05,", "สมชาย,1990-01-02,"))
	aside = read(w, func(tx entente.Tx) ([]entente.SetAside, error) { return tx.FeedAside(f.ID) })
	if f.Aside != 1 || f.Fresh != 2 || len(aside) != 1 || aside[0].Text != "สมชาย" || !strings.HasPrefix(aside[0].Reason, "letters of Thai cannot be read here") {
		t.Errorf("the feed: %+v says %+v", f, aside)
	}
}
