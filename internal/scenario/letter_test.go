package scenario_test

import (
	"context"
	"testing"

	"entente/internal/scenario"
)

func TestLetter(t *testing.T) {
	ctx := context.Background()
	clock := scenario.NewClock(scenario.FirstDay)
	var agencies []*scenario.Agency
	for _, s := range []scenario.Setup{scenario.Albia, scenario.Borea} {
		s.Dir = t.TempDir()
		a, err := scenario.New(ctx, clock, s)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		agencies = append(agencies, a)
	}
	if err := scenario.Introduce(ctx, agencies...); err != nil {
		t.Fatal(err)
	}
	if _, err := scenario.Agree(ctx, scenario.NorthStar, agencies...); err != nil {
		t.Fatal(err)
	}
	for _, a := range agencies {
		if err := a.Start(ctx); err != nil {
			t.Fatal(err)
		}
	}
	steps := 0
	first, err := scenario.Letter(ctx, agencies[1], agencies[0], func(s scenario.Step) { steps++; t.Logf("%s\n      %s", s.Says, s.Proof) })
	if err != nil {
		t.Fatal(err)
	}
	if steps != 13 {
		t.Errorf("%d steps were reported instead of 13", steps)
	}
	err = scenario.Returning(ctx, clock, agencies[1], agencies[0], first, func(s scenario.Step) { steps++; t.Logf("%s\n      %s", s.Says, s.Proof) })
	if err != nil {
		t.Fatal(err)
	}
	if steps != 36 {
		t.Errorf("%d steps were reported instead of 36", steps)
	}
	if err := scenario.LeaveWork(ctx, agencies[1], agencies[0]); err != nil {
		t.Fatal(err)
	}
	if err := scenario.FollowAdvice(ctx, agencies[1], agencies[0], func(s scenario.Step) { steps++; t.Logf("%s\n      %s", s.Says, s.Proof) }); err != nil || steps != 39 {
		t.Errorf("what the demo advises: %d steps, %v", steps, err)
	}
}
