package courier_test

import (
	"reflect"
	"testing"
	"time"

	"entente"
	"entente/courier"
)

func answer(n byte, receipt string) entente.Settlement {
	return entente.Settlement{Envelope: entente.Digest{n}, Receipt: []byte(receipt)}
}

// add keeps the answers to one file after another and gives what is kept.
func add(t *testing.T, files ...func() (time.Time, []entente.Settlement)) []entente.Settlement {
	t.Helper()
	var kept []byte
	var err error
	for _, f := range files {
		made, ss := f()
		if kept, err = courier.AddAnswers(kept, made, ss); err != nil {
			t.Fatal(err)
		}
	}
	got, err := courier.DecodeAnswers(kept)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func file(at time.Duration, ss ...entente.Settlement) func() (time.Time, []entente.Settlement) {
	return func() (time.Time, []entente.Settlement) {
		return time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC).Add(at), ss
	}
}

func TestAnswers(t *testing.T) {
	one, two, three := answer(1, "one\n"), answer(2, "two\n"), entente.Settlement{Envelope: entente.Digest{3}, Refusal: []byte("no\n")}
	later := answer(3, "three, after all\n")
	for _, x := range []struct {
		what  string
		files []func() (time.Time, []entente.Settlement)
		want  []entente.Settlement
	}{
		{"of one file", []func() (time.Time, []entente.Settlement){file(0, one, three)}, []entente.Settlement{one, three}},
		{"of two parts", []func() (time.Time, []entente.Settlement){file(0, one), file(time.Minute, two)}, []entente.Settlement{one, two}},
		{"of a file twice", []func() (time.Time, []entente.Settlement){file(0, one), file(time.Minute, two), file(0, one)}, []entente.Settlement{two, one}},
		{"of what came too early, and again", []func() (time.Time, []entente.Settlement){file(time.Minute, three), file(0, one), file(time.Minute, later)}, []entente.Settlement{one, later}},
		{"of a file made days after", []func() (time.Time, []entente.Settlement){file(0, one), file(72*time.Hour, two)}, []entente.Settlement{two}},
		{"of a file by a clock set back", []func() (time.Time, []entente.Settlement){file(0, one), file(-72*time.Hour, two)}, []entente.Settlement{two}},
	} {
		if got := add(t, x.files...); !reflect.DeepEqual(got, x.want) {
			t.Errorf("%s: %s, want %s", x.what, got, x.want)
		}
	}
	if none, err := courier.DecodeAnswers(nil); err != nil || none != nil {
		t.Errorf("of nothing: %v, %v", none, err)
	}
	if _, err := courier.DecodeAnswers([]byte(`{ }`)); err == nil {
		t.Error("answers in another form were read")
	}
	if courier.AnswersKey("borea-sls") == courier.AnswersKey("cadia-fiu") {
		t.Error("the answers for two partners are kept in one place")
	}
}

// However many answers there are, what is kept fits in the next file.
func TestAnswersBounded(t *testing.T) {
	text := string(make([]byte, 4<<20))
	var many []entente.Settlement
	for n := range byte(20) {
		many = append(many, answer(n, text))
	}
	size := 0
	got := add(t, file(0, many[10:]...), file(time.Minute, many...))
	for _, s := range got {
		size += len(s.Receipt)
	}
	if size < 32<<20 || size > 64<<20 || got[0].Envelope != many[0].Envelope {
		t.Errorf("%d bytes are kept", size)
	}
}
