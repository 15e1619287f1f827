package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"entente"
	"entente/internal/scenario"
)

// demoCmd replays the story in one process: two agencies, each with its own
// store and keys, over real connections.
type demoCmd struct {
	Check bool   `help:"Replay, print each step with what proved it, and end; exit code 1 if any fails."`
	Albia string `help:"Where Albia's desk listens." default:"127.0.0.1:8081"`
	Borea string `help:"Where Borea's desk listens." default:"127.0.0.1:8082"`
}

// demoPassword opens every desk of the demo. The demo listens on this machine
// alone and forgets everything when it ends.
const demoPassword = "north star over albia"

func (c demoCmd) Run(e *env) error {
	dir, err := os.MkdirTemp("", "entente-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	began := time.Now()
	w, err := c.start(e.ctx, dir)
	if err != nil {
		return err
	}
	defer w.close()
	var steps []scenario.Step
	report := func(s scenario.Step) {
		steps = append(steps, s)
		if !e.json {
			fmt.Fprintf(e.out, "%3d. %s\n     ✓ %s\n", len(steps), s.Says, s.Proof)
		}
	}
	id, err := scenario.Letter(e.ctx, w.borea, w.albia, report)
	if err == nil {
		err = scenario.Returning(e.ctx, w.clock, w.borea, w.albia, id, report)
	}
	if err != nil {
		if !e.json {
			fmt.Fprintf(e.out, "%3d. ✗ %v\n", len(steps)+1, err)
		}
		return fmt.Errorf("step %d failed: %w", len(steps)+1, err)
	}
	if c.Check {
		if err := scenario.LeaveWork(e.ctx, w.borea, w.albia); err != nil {
			return err
		}
		if err := scenario.FollowAdvice(e.ctx, w.borea, w.albia, report); err != nil {
			return fmt.Errorf("what the demo advises does not work: %w", err)
		}
		return e.print(map[string]any{"steps": steps, "message": id, "ok": true}, func(out io.Writer) {
			fmt.Fprintf(out, "\nAll %d steps hold (%.1f s).\n", len(steps), time.Since(began).Seconds())
		})
	}
	if err := scenario.LeaveWork(e.ctx, w.borea, w.albia); err != nil {
		return err
	}
	w.invite(e)
	<-e.ctx.Done()
	fmt.Fprintln(e.err, "The demo ends; its data is gone.")
	return nil
}

// demoWorld is the two agencies of the demo.
type demoWorld struct {
	clock        *scenario.Clock
	albia, borea *scenario.Agency
}

func (w demoWorld) close() {
	for _, a := range []*scenario.Agency{w.albia, w.borea} {
		if a != nil {
			a.Close()
		}
	}
}

func (c demoCmd) start(ctx context.Context, dir string) (w demoWorld, err error) {
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	w.clock = scenario.NewClock(scenario.FirstDay)
	albia, borea := scenario.Albia, scenario.Borea
	albia.Dir, borea.Dir = dir, dir
	if !c.Check {
		albia.DeskAddr, borea.DeskAddr = c.Albia, c.Borea
		albia.Password, borea.Password = demoPassword, demoPassword
	}
	if w.albia, err = scenario.New(ctx, w.clock, albia); err != nil {
		return w, err
	}
	if w.borea, err = scenario.New(ctx, w.clock, borea); err != nil {
		return w, err
	}
	if err = scenario.Introduce(ctx, w.albia, w.borea); err != nil {
		return w, err
	}
	if _, err = scenario.Agree(ctx, scenario.NorthStar, w.albia, w.borea); err != nil {
		return w, err
	}
	if err = w.albia.Start(ctx); err != nil {
		return w, deskTaken(err, "--albia")
	}
	return w, deskTaken(w.borea.Start(ctx), "--borea")
}

func deskTaken(err error, flag string) error {
	if err == nil {
		return nil
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: err.Error(), Hint: "if the address is taken, choose another with " + flag + "=127.0.0.1:PORT", Cause: err}
}

// invite tells where the desks are and who can sit down at them.
func (w demoWorld) invite(e *env) {
	fmt.Fprintf(e.out, "\nThe two desks are open. Sign in as any of these people; the password is the same for all:  %s\n", demoPassword)
	for _, a := range []*scenario.Agency{w.albia, w.borea} {
		fmt.Fprintf(e.out, "\n  %s\n  %s\n", a.Name, a.Desk)
		for _, o := range a.Officers {
			fmt.Fprintf(e.out, "    %-12s %s\n", o.ID, o.Role)
		}
	}
	fmt.Fprintln(e.out, "\nTry:")
	for _, says := range scenario.Advice(w.borea, w.albia) {
		fmt.Fprintf(e.out, "  %s\n", says)
	}
	fmt.Fprintln(e.out, "Ctrl-C ends the demo.")
}
