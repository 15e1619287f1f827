package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"entente"
	"entente/policy"
)

// A body that nobody may send is not read: an officer without the role is told so,
// whatever came with the request, and the refusal stands in the access log.
func TestRoleBeforeBody(t *testing.T) {
	refused := 0
	for _, d := range documented(t) {
		if d.Operation == "" {
			continue
		}
		for _, role := range entente.Roles {
			if slices.Contains(d.Roles, role) || strings.Contains(d.Path, "{") && policy.MayGoOn(role, entente.Operation(d.Operation)) {
				continue
			}
			n, srv, _ := serve(t)
			r, err := http.NewRequest(d.Method, srv.URL+strings.NewReplacer("{", "", "}", "").Replace(d.Path), strings.NewReader("{ not JSON"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+string(role))
			r.Header.Set("Content-Type", "text/nonsense")
			res, err := srv.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s as %s: status %d, want 403", d.OperationID, role, res.StatusCode)
			}
			if len(n.refused) != 1 || !strings.HasPrefix(n.refused[0], string(d.Operation)+" ") {
				t.Errorf("%s as %s: the access log has %q", d.OperationID, role, n.refused)
			}
			refused++
		}
	}
	if refused < 100 {
		t.Errorf("only %d refusals were tried", refused)
	}
}
