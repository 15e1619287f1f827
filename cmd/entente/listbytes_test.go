package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBytesOfLists asks files that a text editor would not write today: lines that
// end in CR, and XML in the character set that it declares.
func TestBytesOfLists(t *testing.T) {
	for name, c := range map[string]struct{ text, ask, want string }{
		"cr.csv":     {"id,name,born\r1,Olen Dravikson,1980-02-14\r2,Mira Zelenkova,1982-02-15\r", "Mira Zelenkova", "local/2"},
		"latin1.xml": {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>J\xd6RG</FIRST_NAME><SECOND_NAME>DRAVIK</SECOND_NAME><INDIVIDUAL_DATE_OF_BIRTH><DATE>1980-02-14</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>\n", "Jörg Dravik", "JÖRG DRAVIK"},
	} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, problems bytes.Buffer
		code := run(context.Background(), []string{"match", c.ask, "--local", file}, strings.NewReader(""), &out, &problems, func(string) string { return "" })
		if code != 0 || !strings.Contains(out.String(), c.want) || strings.Contains(out.String(), "�") {
			t.Errorf("%s: got %d\n%s%s\nwant %s", name, code, out.String(), problems.String(), c.want)
		}
	}
}
