package entente

import "time"

// FeedID names where travel events come from: "north-airport-api".
type FeedID string

// ParseFeedID checks the form of a feed's id, which stands in the access log and
// so must say nothing of anybody.
func ParseFeedID(s string) (FeedID, error) { return FeedID(s), checkSlug("feed", s) }

// EventID tells one travel event from every other. It is made from what the
// event says, so that the same event fed twice is one event.
type EventID string

// TravelEvent is a journey or border crossing from an airline or border feed.
type TravelEvent struct {
	ID        EventID   `json:"id"`
	Feed      FeedID    `json:"feed"`
	Kind      string    `json:"kind"` // one of TravelKinds
	Traveller Subject   `json:"traveller"`
	Legs      []Leg     `json:"legs,omitzero"`
	Place     string    `json:"place,omitzero"`     // of a crossing or document check
	When      LocalTime `json:"when,omitzero"`      // of a crossing or document check
	Reference string    `json:"reference,omitzero"` // booking or message reference
	With      []string  `json:"with,omitzero"`      // names of those on the same booking, as written
	Sent      time.Time `json:"sent,omitzero"`      // by the carrier
	Where     string    `json:"where,omitzero"`     // place in the feed: "message 1, passenger 3"
}

// StoredEvent is a travel event with the time at which it was stored as it is told
// now.
type StoredEvent struct {
	Event  TravelEvent
	Stored time.Time
}

// TravelKinds lists what a travel event may tell of.
var TravelKinds = []string{
	"booking",   // a reservation (PNRGOV)
	"departure", // boarded or about to (PAXLST, flight closed)
	"arrival",   // on the way in (PAXLST)
	"crossing",  // at a border post
	"document",  // a travel document was read (MRZ)
}

// Leg is one part of a journey.
type Leg struct {
	Carrier string    `json:"carrier,omitzero"` // IATA airline code: "XB"
	Number  string    `json:"number,omitzero"`  // flight number without the carrier: "117"
	From    string    `json:"from,omitzero"`    // IATA or ICAO airport code, or UN/LOCODE
	To      string    `json:"to,omitzero"`
	Departs LocalTime `json:"departs,omitzero"`
	Arrives LocalTime `json:"arrives,omitzero"`
}

// LocalTime is a time at the place it speaks of, whose zone the sender does not
// give: "2012-07-17T15:20", or "2012-07-17" when only the day is known.
type LocalTime string

// ParseLocalTime checks both forms.
func ParseLocalTime(s string) (LocalTime, error) {
	for _, layout := range []string{"2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return LocalTime(s), nil
		}
	}
	return "", &Error{Kind: Invalid, Field: "time", Detail: "not a time that exists", Hint: "write it as YYYY-MM-DDThh:mm or YYYY-MM-DD, local to the place"}
}
