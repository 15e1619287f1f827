// Command check runs all tests. It first installs what they need besides Go:
// PostgreSQL and Chromium, on Debian and its relatives. While it works it says
// what is running and what is done.
//
//	go run ./internal/check
//
//	main.go   what the tests need, and which run
//	tests.go  go test, followed event by event
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// needs are programs that tests start, and the Debian packages that bring them.
var needs = []struct {
	what    string
	find    []string // in PATH, or a pattern of paths
	install []string
}{
	{"PostgreSQL", []string{"/usr/lib/postgresql/*/bin/initdb", "initdb"}, []string{"postgresql"}},
	{"Chromium", []string{"chromium", "chromium-browser", "google-chrome"}, []string{"chromium"}},
	{"fonts for Cyrillic, Arabic and Han", []string{"/usr/share/fonts/*/noto*/NotoSansArabic-Regular.*"}, []string{"fonts-noto-core", "fonts-noto-cjk"}},
}

// slow are the packages whose tests take longest. They start first, so that none
// of them runs alone at the end.
var slow = []string{"./web", "./cmd/entente", "./internal/scenario", "./sqlstore"}

func main() {
	install := flag.Bool("install", true, "install what is missing, with apt-get")
	limit := flag.Duration("limit", time.Hour, "time limit of each package's tests")
	flag.Parse()
	if err := provide(*install); err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(1)
	}
	packages := flag.Args()
	if len(packages) == 0 {
		packages = append(slices.Clone(slow), "./...")
	}
	fmt.Println("check: building the tests; the first time this takes some minutes")
	err := tests(append([]string{"-timeout", limit.String()}, packages...), count(packages))
	if err != nil {
		fmt.Fprintln(os.Stderr, "check: tests failed:", err)
		fmt.Fprintln(os.Stderr, "check: FAIL above names them; run one alone with: go test -run NAME ./PACKAGE")
		os.Exit(1)
	}
	fmt.Println("check: all tests passed")
}

// count returns how many packages the patterns name, once each.
func count(patterns []string) int {
	names, _ := exec.Command("go", append([]string{"list"}, patterns...)...).Output()
	all := strings.Fields(string(names))
	slices.Sort(all)
	return len(slices.Compact(all))
}

// provide installs what is missing.
func provide(install bool) error {
	var missing, packages []string
	for _, n := range needs {
		if !found(n.find) {
			missing = append(missing, n.what)
			packages = append(packages, n.install...)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	says := fmt.Sprintf("missing: %s (Debian packages: %s)", strings.Join(missing, ", "), strings.Join(packages, " "))
	if _, err := exec.LookPath("apt-get"); err != nil || !install {
		return fmt.Errorf("%s; install them and run this again", says)
	}
	fmt.Println("check:", says+"; installing")
	apt := []string{"apt-get"}
	if os.Geteuid() != 0 {
		apt = []string{"sudo", "apt-get"}
	}
	os.Setenv("DEBIAN_FRONTEND", "noninteractive")
	for _, args := range [][]string{{"update", "-qq"}, append([]string{"install", "-y", "-qq", "--no-install-recommends"}, packages...)} {
		if err := run(apt[0], append(apt[1:], args...)...); err != nil {
			return fmt.Errorf("%s %s: %w; %s; install them by hand and run this again", strings.Join(apt, " "), args[0], err, says)
		}
	}
	return nil
}

func found(names []string) bool {
	for _, n := range names {
		if strings.ContainsAny(n, "/*") {
			if m, _ := filepath.Glob(n); len(m) > 0 {
				return true
			}
		} else if _, err := exec.LookPath(n); err == nil {
			return true
		}
	}
	return false
}

func run(name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	return c.Run()
}
