package testpg_test

import (
	"bufio"
	"database/sql"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	"entente/internal/testpg"
)

func TestDatabasesAreApart(t *testing.T) {
	a, b := open(t, testpg.URL(t)), open(t, testpg.URL(t))
	if _, err := a.Exec("create table only_here (n int)"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Exec("create table only_here (n int)"); err != nil {
		t.Errorf("the second database knows a table of the first: %v", err)
	}
}

func TestDurableWaitsForTheDisk(t *testing.T) {
	db := open(t, testpg.Durable(t))
	got := ""
	for range 100 { // the server reads its settings a moment later
		if err := db.QueryRow("show fsync").Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got == "on" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("fsync = %s, want on", got)
}

// TestClusterGoesWithItsProcess kills a test process that has a cluster.
func TestClusterGoesWithItsProcess(t *testing.T) {
	if os.Getenv("TESTPG_CHILD") != "" {
		os.Stdout.WriteString("at " + testpg.URL(t) + "\n")
		select {}
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestClusterGoesWithItsProcess$")
	cmd.Env = append(os.Environ(), "TESTPG_CHILD=1", "ENTENTE_TEST_POSTGRES=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(line[len("at ") : len(line)-1])
	if err != nil {
		t.Fatal(err)
	}
	dir := u.Query().Get("host")
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	for range 600 {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%s is still there a minute after its process was killed", dir)
}

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
