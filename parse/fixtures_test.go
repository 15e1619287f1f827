package parse

import (
	"time"

	"entente"
)

const (
	testID    = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"
	anotherID = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b8"
)

var testTime = time.Date(2011, 3, 4, 9, 0, 0, 125_000, time.UTC)

func testHeader() entente.Header {
	return entente.Header{
		Version: 1, ID: testID, From: "borea-sls", To: "albia-ncc", Agreement: "north-star", Epoch: 1, Seq: 0,
		Class: entente.ClassContent, Precedence: entente.Priority, Created: testTime, Expires: testTime.AddDate(0, 0, 30),
		SenderKey: "0123456789abcdef", RecipientKey: "fedcba9876543210",
	}
}
